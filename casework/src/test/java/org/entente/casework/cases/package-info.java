@NullMarked
package org.entente.casework.cases;

import org.jspecify.annotations.NullMarked;
