package org.entente.matching.group;

import org.entente.matching.SeededRandom;

/** Says which arithmetic a machine got, after it has worked. */
final class MachineReport {
    private MachineReport() {}

    public static void main(String[] none) {
        SeededRandom random = new SeededRandom(5);
        Elements elements = Elements.hashToGroup(random.bytes(64 * 20));
        Scalar scalar = Scalar.random(random);
        Elements product = elements.multiply(scalar).multiply(scalar.invert());
        boolean same = product.at(7).equals(elements.at(7));
        System.out.println("lanes " + Machine.arithmetic(1 << 16).lanes() + (same ? ", multiplied" : ", wrong"));
    }
}
