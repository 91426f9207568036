/**
 * The simulation: several nodes in one thread and in virtual time, made of the exchange's and the evidence's own state machines on
 * disks, clocks and networks that fail as a seed says, with partners that do not keep to anything. A seed gives the same history, everywhere.
 */
@NullMarked
package org.entente.verification.simulate;

import org.jspecify.annotations.NullMarked;
