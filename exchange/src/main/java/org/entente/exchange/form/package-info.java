/**
 * The forms of proceedings: what authorities ask of each other, declared as data. A form says which steps there are, who takes them and
 * with what fields, in which phase a proceeding then is, who owes what by when, and what stands for the items that it names.
 */
@NullMarked
package org.entente.exchange.form;

import org.jspecify.annotations.NullMarked;
