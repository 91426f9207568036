/**
 * What names a person or a thing: tax numbers, accounts, phones, wallets, each in one normal form; and composite keys,
 * which name somebody less surely.
 */
@NullMarked
package org.entente.holdings.identifier;

import org.jspecify.annotations.NullMarked;
