package org.entente.verification.bench;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** BouncyCastle's multiplication of a variable Ed25519 point, which it keeps private; mpc4j computes with a copy of it. */
final class BouncyPoint {
    private final MethodHandle multiply;
    private final Object point;
    private final Object out;
    private final byte[] scalar = new byte[32];

    BouncyPoint() throws ReflectiveOperationException {
        Class<?> affine = Class.forName(Ed25519.class.getName() + "$PointAffine");
        Class<?> accumulator = Class.forName(Ed25519.class.getName() + "$PointAccum");
        point = made(affine);
        out = made(accumulator);
        for (int n = 0; n < scalar.length - 1; n++) {
            scalar[n] = (byte) (17 * n + 3);
        }
        byte[] encoding = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(scalar, 0, encoding, 0);
        Method decode = Ed25519.class.getDeclaredMethod("decodePointVar", byte[].class, boolean.class, affine);
        decode.setAccessible(true);
        decode.invoke(null, encoding, false, point);
        Method method = Ed25519.class.getDeclaredMethod("scalarMult", byte[].class, affine, accumulator);
        method.setAccessible(true);
        multiply = MethodHandles.lookup()
                .unreflect(method)
                .asType(MethodType.methodType(void.class, byte[].class, Object.class, Object.class));
    }

    private static Object made(Class<?> type) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    void multiply(int times) {
        try {
            for (int n = 0; n < times; n++) {
                multiply.invokeExact(scalar, point, out);
            }
        } catch (RuntimeException | Error ours) {
            throw ours;
        } catch (Throwable others) {
            throw new IllegalStateException(others);
        }
    }
}
