package org.entente.verification.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** ristretto255 of libsodium, where it is installed (Debian: package libsodium23), called in this process. */
// Native code is what is compared with here; the functions and their signatures are libsodium's documented ones.
@SuppressWarnings("restricted")
final class Sodium {
    private static final String LIBRARY = "libsodium.so.23";
    private static final long ELEMENT_BYTES = 32;
    private static final long UNIFORM_BYTES = 64;

    private final MethodHandle multiply;
    private final MethodHandle fromHash;
    private final MemorySegment scalar;
    private final MemorySegment element;
    private final MemorySegment out;
    private final MemorySegment uniform;

    private Sodium(SymbolLookup library) {
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor two = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
        FunctionDescriptor three = two.appendArgumentLayouts(ValueLayout.ADDRESS);
        multiply = linker.downcallHandle(library.findOrThrow("crypto_scalarmult_ristretto255"), three);
        fromHash = linker.downcallHandle(library.findOrThrow("crypto_core_ristretto255_from_hash"), two);
        Arena arena = Arena.global();
        scalar = arena.allocate(ELEMENT_BYTES);
        element = arena.allocate(ELEMENT_BYTES);
        out = arena.allocate(ELEMENT_BYTES);
        uniform = arena.allocate(UNIFORM_BYTES);
        for (long n = 0; n < UNIFORM_BYTES; n++) {
            uniform.set(ValueLayout.JAVA_BYTE, n, (byte) (31 * n + 7));
        }
        for (long n = 0; n < ELEMENT_BYTES - 1; n++) {
            scalar.set(ValueLayout.JAVA_BYTE, n, (byte) (17 * n + 3));
        }
        mapOnce();
    }

    /** Nothing when the library is not installed. */
    static Optional<Sodium> find() {
        SymbolLookup library;
        try {
            library = SymbolLookup.libraryLookup(LIBRARY, Arena.global());
        } catch (IllegalArgumentException absent) {
            return Optional.empty();
        }
        try {
            Linker.nativeLinker()
                    .downcallHandle(library.findOrThrow("sodium_init"), FunctionDescriptor.of(ValueLayout.JAVA_INT))
                    .invokeWithArguments();
        } catch (Throwable refused) {
            throw new IllegalStateException("libsodium is here and does not start", refused);
        }
        return Optional.of(new Sodium(library));
    }

    /** Decodes, multiplies and encodes so many times. */
    void multiply(int times) {
        for (int n = 0; n < times; n++) {
            multiplyOnce();
        }
    }

    /** The one-way map, then as {@link #multiply}, so many times. */
    void hashAndMultiply(int times) {
        for (int n = 0; n < times; n++) {
            mapOnce();
            multiplyOnce();
        }
    }

    private void mapOnce() {
        try {
            require((int) fromHash.invokeExact(element, uniform));
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void multiplyOnce() {
        try {
            require((int) multiply.invokeExact(out, scalar, element));
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void require(int answer) {
        if (answer != 0) {
            throw new IllegalStateException("libsodium refused");
        }
    }
}
