/** What a holding is: an entity of the FollowTheMoney model with the memorandum's envelope around it. */
@NullMarked
package org.entente.holdings.item;

import org.jspecify.annotations.NullMarked;
