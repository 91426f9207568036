@NullMarked
package org.entente.exchange.form;

import org.jspecify.annotations.NullMarked;
