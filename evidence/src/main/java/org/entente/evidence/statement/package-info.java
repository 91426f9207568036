/** What was said, by whom and when: signed statements, the approvals of officers, and freshness. */
@NullMarked
package org.entente.evidence.statement;

import org.jspecify.annotations.NullMarked;
