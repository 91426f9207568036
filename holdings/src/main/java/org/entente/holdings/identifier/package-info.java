/** What names a person or a thing beyond doubt: tax numbers, accounts, phones, wallets, each in one normal form. */
@NullMarked
package org.entente.holdings.identifier;

import org.jspecify.annotations.NullMarked;
