package org.entente.matching.oprf;

import java.util.List;

/** Private inputs of any length up to 65,535 bytes, packed one after another in one array. Immutable; prints only its count. */
public final class InputBatch {
    /** RFC 9497 section 1.2: the length of an input fits two bytes. */
    public static final int INPUT_BYTES_MAX = 65_535;

    private final byte[] bytes;
    private final int[] ends;

    private InputBatch(byte[] bytes, int[] ends) {
        this.bytes = bytes;
        this.ends = ends;
    }

    /**
     * Takes inputs that lie one after another; their bytes are copied.
     *
     * @param bytes the inputs, one after another
     * @param ends the position after the last byte of each
     */
    public static InputBatch packed(byte[] bytes, int[] ends) {
        int start = 0;
        for (int end : ends) {
            if (end < start || end - start > INPUT_BYTES_MAX) {
                throw new IllegalArgumentException("an input has 0 to 65535 bytes");
            }
            start = end;
        }
        if (start != bytes.length) {
            throw new IllegalArgumentException("the inputs end at " + start + " of " + bytes.length);
        }
        return new InputBatch(bytes.clone(), ends.clone());
    }

    public static InputBatch of(List<byte[]> inputs) {
        int[] ends = new int[inputs.size()];
        int length = 0;
        for (int n = 0; n < ends.length; n++) {
            length = Math.addExact(length, inputs.get(n).length);
            ends[n] = length;
        }
        byte[] bytes = new byte[length];
        for (int n = 0; n < ends.length; n++) {
            byte[] input = inputs.get(n);
            System.arraycopy(input, 0, bytes, ends[n] - input.length, input.length);
        }
        return packed(bytes, ends);
    }

    public int count() {
        return ends.length;
    }

    int start(int position) {
        return position == 0 ? 0 : ends[position - 1];
    }

    int length(int position) {
        return ends[position] - start(position);
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return "InputBatch[redacted, " + count() + "]";
    }
}
