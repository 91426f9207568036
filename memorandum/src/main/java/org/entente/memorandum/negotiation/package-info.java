/** Negotiating a text part by part: signed proposals and answers, how every part stands, and the settled whole. */
@NullMarked
package org.entente.memorandum.negotiation;

import org.jspecify.annotations.NullMarked;
