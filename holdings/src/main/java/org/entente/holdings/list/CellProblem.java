package org.entente.holdings.list;

import org.entente.evidence.canonical.Problem;

/**
 * What is wrong, and where.
 *
 * @param row as a spreadsheet counts, from 1
 * @param column from 1; 0 when it is the row as a whole
 */
public record CellProblem(int row, int column, Problem problem) {}
