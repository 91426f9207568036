package org.entente.evidence.card;

/** A public key that judges signatures, whatever its algorithm. */
public sealed interface VerificationKey permits Ed25519PublicKey, MlDsa44PublicKey, MlDsa65PublicKey {
    /** The raw key as its standard encodes it; of a length that is fixed for the algorithm. */
    byte[] bytes();

    /** Says whether the signature over the message is this key's. Never throws for a signature of another form. */
    boolean verifies(byte[] message, byte[] signature);
}
