/** What JMH measures. Its processor compiles this package a second time and adds its own classes to it. */
@NullMarked
package org.entente.verification.bench.kernels;

import org.jspecify.annotations.NullMarked;
