package org.entente.node.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.CosigningSecrets;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.card.SeedAccess;
import org.entente.evidence.certificate.CertificateChain;
import org.entente.exchange.body.BodyIdentity;

/**
 * The keys that a running node works with, one of each kind. The root is not among them: it signs the card when the
 * node is made, and from then on lies in a sealed folder of its own that can be carried away.
 *
 * @param statement signs the party's statements
 * @param log signs the checkpoints of the party's logs
 * @param cosigning cosigns the checkpoints of partners
 * @param bodies opens what partners encrypt to each authority
 * @param earlier opens what partners encrypted to each authority before its key was replaced
 */
public record NodeKeys(
        SecretKeys statement,
        Ed25519SecretKey log,
        CosigningSecrets cosigning,
        Map<AuthorityCode, BodyIdentity> bodies,
        Map<AuthorityCode, List<BodyIdentity>> earlier) {
    private static final String STATEMENT = "statement";
    private static final String LOG = "log";
    private static final String COSIGNING = "cosigning";
    private static final String COSIGNING_ML_DSA_44 = "cosigning.ml-dsa-44";
    private static final String NEXT = "next.";
    private static final String EARLIER = "earlier.";
    private static final String BODY = "body.";
    private static final String REQUESTED = "requested." + STATEMENT;
    private static final List<String> WORKING = List.of(STATEMENT, LOG, COSIGNING, COSIGNING_ML_DSA_44);

    public NodeKeys {
        bodies = Map.copyOf(bodies);
        earlier = Map.copyOf(earlier);
    }

    private static Map<AuthorityCode, BodyIdentity> drawn(Collection<AuthorityCode> authorities, SecureRandom random) {
        Map<AuthorityCode, BodyIdentity> bodies = new HashMap<>();
        authorities.forEach(authority -> bodies.put(authority, BodyIdentity.generate(random)));
        return bodies;
    }

    public static NodeKeys generate(Collection<AuthorityCode> authorities, SecureRandom random) {
        return new NodeKeys(
                SecretKeys.generate(random),
                Ed25519SecretKey.generate(random),
                CosigningSecrets.generate(random),
                drawn(authorities, random),
                Map.of());
    }

    /** Which of the keys are made anew, in the words of {@link org.entente.evidence.succession.KeyUse}. */
    public enum Renewed {
        STATEMENT,
        LOG,
        COSIGNING,
        /** The certificate of the link, which the card names beside the one in use until all partners know it. */
        LINK,
        /** Those of bodies; what was sealed to the earlier ones can still be opened. */
        BODY
    }

    /** The same keys but for these, which are drawn anew; that of the link is none of them. */
    public NodeKeys renewed(Set<Renewed> which, SecureRandom random) {
        return new NodeKeys(
                which.contains(Renewed.STATEMENT) ? SecretKeys.generate(random) : statement,
                which.contains(Renewed.LOG) ? Ed25519SecretKey.generate(random) : log,
                which.contains(Renewed.COSIGNING) ? CosigningSecrets.generate(random) : cosigning,
                which.contains(Renewed.BODY) ? drawn(bodies.keySet(), random) : bodies,
                earlier);
    }

    /** Seals the keys of the next card beside those in use. */
    public void prepare(SealedFiles files) throws IOException {
        SeedAccess access = SeedAccess.forKeyStore();
        storePair(files, NEXT + STATEMENT, statement);
        files.write(NEXT + LOG, log.seed(access));
        files.write(NEXT + COSIGNING, cosigning.ed25519().seed(access));
        files.write(NEXT + COSIGNING_ML_DSA_44, cosigning.mlDsa44().seed(access));
        storeBodies(files, NEXT);
    }

    private void storeBodies(SealedFiles files, String prefix) throws IOException {
        for (Map.Entry<AuthorityCode, BodyIdentity> body : bodies.entrySet()) {
            files.write(
                    prefix + bodyName(body.getKey()),
                    body.getValue().text(SeedAccess.forKeyStore()).getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** The same keys but for those of statements. */
    NodeKeys speakingWith(SecretKeys statementKeys) {
        return new NodeKeys(statementKeys, log, cosigning, bodies, earlier);
    }

    /**
     * The statement keys for which a certificate is asked, sealed beside those in use until a card brings them. Asked again they are the same, so that no
     * certificate comes for keys that are gone.
     */
    public static SecretKeys requested(SealedFiles files, SecureRandom random) throws IOException, Malformed {
        if (!files.holds(REQUESTED)) {
            storePair(files, REQUESTED, SecretKeys.generate(random));
        }
        return loadPair(files, REQUESTED);
    }

    /** The statement keys for which a certificate was asked. */
    static Optional<SecretKeys> findRequested(SealedFiles files) throws IOException, Malformed {
        return files.holds(REQUESTED) ? Optional.of(loadPair(files, REQUESTED)) : Optional.empty();
    }

    /** The statement keys of the next card. */
    public static SecretKeys loadNextStatementKeys(SealedFiles files) throws IOException, Malformed {
        return loadPair(files, NEXT + STATEMENT);
    }

    /** Puts the keys of the next card in the place of those in use; may be done again after it was cut short. */
    public static void takeUp(SealedFiles files) throws IOException, Malformed {
        for (String name : WORKING) {
            byte[] seed = files.read(NEXT + name);
            files.write(name, seed);
            Arrays.fill(seed, (byte) 0);
        }
        for (String name : files.names()) {
            if (name.startsWith(NEXT + BODY)) {
                takeUpBody(files, name.substring(NEXT.length()));
            }
        }
    }

    /** The key that is replaced gets a name of its own first, by its recipient. */
    private static void takeUpBody(SealedFiles files, String name) throws IOException, Malformed {
        byte[] next = files.read(NEXT + name);
        byte[] held = files.read(name);
        if (!Arrays.equals(next, held)) {
            String recipient = identity(held).recipient().toString();
            String digest =
                    Digest.of(recipient.getBytes(StandardCharsets.US_ASCII)).hex();
            files.write(EARLIER + name + "." + digest, held);
            files.write(name, next);
        }
        Arrays.fill(next, (byte) 0);
        Arrays.fill(held, (byte) 0);
    }

    private static BodyIdentity identity(byte[] text) throws Malformed {
        return BodyIdentity.parse(new String(text, StandardCharsets.US_ASCII));
    }

    /** Destroys what {@link #prepare} sealed, if it is still there, and the requested keys if this card brought them. */
    public static void forgetPrepared(SealedFiles files, PartyCard card) throws IOException, Malformed {
        for (String name : WORKING) {
            files.destroy(NEXT + name);
        }
        for (String name : files.names()) {
            if (name.startsWith(NEXT + BODY)) {
                files.destroy(name);
            }
        }
        if (findRequested(files).stream().anyMatch(pair -> pair.publicKeys().equals(card.statementKeys()))) {
            files.destroy(REQUESTED);
        }
    }

    /** What opens the bodies of an authority of this party, the newest key first. */
    public List<BodyIdentity> opening(AuthorityCode authority) {
        List<BodyIdentity> all = new ArrayList<>(List.of(body(authority)));
        all.addAll(earlier.getOrDefault(authority, List.of()));
        return all;
    }

    /** To which partners encrypt the bodies for an authority of this party. */
    public BodyIdentity body(AuthorityCode authority) {
        BodyIdentity identity = bodies.get(authority);
        if (identity == null) {
            throw new IllegalArgumentException(authority + " is no authority of this node");
        }
        return identity;
    }

    public void store(SealedFiles files) throws IOException {
        SeedAccess access = SeedAccess.forKeyStore();
        storePair(files, STATEMENT, statement);
        files.write(LOG, log.seed(access));
        files.write(COSIGNING, cosigning.ed25519().seed(access));
        files.write(COSIGNING_ML_DSA_44, cosigning.mlDsa44().seed(access));
        storeBodies(files, "");
    }

    private static List<BodyIdentity> findEarlier(SealedFiles files, AuthorityCode authority)
            throws IOException, Malformed {
        List<BodyIdentity> earlier = new ArrayList<>();
        for (String name : files.names()) {
            if (name.startsWith(EARLIER + bodyName(authority) + ".")) {
                earlier.add(identity(files.read(name)));
            }
        }
        return earlier;
    }

    /**
     * Reads the keys and compares each with the card.
     *
     * @throws Malformed {@code keys.not-the-cards} when a key is not the one that the card shows
     */
    public static NodeKeys load(SealedFiles files, PartyCard card) throws IOException, Malformed {
        Map<AuthorityCode, BodyIdentity> bodies = new HashMap<>();
        Map<AuthorityCode, List<BodyIdentity>> earlier = new HashMap<>();
        for (var authority : card.content().authorities()) {
            BodyIdentity identity = identity(files.read(bodyName(authority.code())));
            requireSame(identity.recipient().toString().equals(authority.bodyRecipient()), bodyName(authority.code()));
            bodies.put(authority.code(), identity);
            earlier.put(authority.code(), findEarlier(files, authority.code()));
        }
        NodeKeys keys = new NodeKeys(
                loadPair(files, STATEMENT).under(card.certificates().map(CertificateChain::thumbprint)),
                Ed25519SecretKey.ofSeed(files.read(LOG)),
                CosigningSecrets.ofSeeds(files.read(COSIGNING), files.read(COSIGNING_ML_DSA_44)),
                bodies,
                earlier);
        requireSame(keys.statement.publicKeys().equals(card.statementKeys()), STATEMENT);
        requireSame(keys.log.publicKey().equals(card.logKey()), LOG);
        requireSame(keys.cosigning.publicKeys().equals(card.cosigningKeys()), COSIGNING);
        return keys;
    }

    /** Seals a pair of seeds under one name, for the root and for statements. */
    public static void storePair(SealedFiles files, String name, SecretKeys pair) throws IOException {
        SeedAccess access = SeedAccess.forKeyStore();
        byte[] seeds = Arrays.copyOf(pair.ed25519Seed(access), 64);
        System.arraycopy(pair.mlDsa65Seed(access), 0, seeds, 32, 32);
        files.write(name, seeds);
        Arrays.fill(seeds, (byte) 0);
    }

    public static SecretKeys loadPair(SealedFiles files, String name) throws IOException, Malformed {
        byte[] seeds = files.read(name);
        if (seeds.length != 64) {
            throw new Malformed("keys.damaged", name);
        }
        SecretKeys pair = SecretKeys.ofSeeds(Arrays.copyOf(seeds, 32), Arrays.copyOfRange(seeds, 32, 64));
        Arrays.fill(seeds, (byte) 0);
        return pair;
    }

    private static String bodyName(AuthorityCode authority) {
        return BODY + authority.name();
    }

    private static void requireSame(boolean same, String name) throws Malformed {
        if (!same) {
            throw new Malformed(Problem.of("keys.not-the-cards", name));
        }
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
