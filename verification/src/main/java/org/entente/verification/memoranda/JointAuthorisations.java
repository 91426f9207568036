package org.entente.verification.memoranda;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.CardContent;
import org.entente.evidence.card.CardKeys;
import org.entente.evidence.card.CosigningSecrets;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.PartyIdentity;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Statement;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.Territory;
import org.entente.memorandum.signing.JointAuthorisation;
import org.entente.memorandum.signing.VerifiedAuthorisation;

/** Joint authorisations between the parties of an invented memorandum, really signed and verified: each party lets each other one obtain things in a part of its territory for one purpose. */
final class JointAuthorisations {
    private static final LocalDate FROM = LocalDate.parse("2026-02-01");
    private static final LocalDate UNTIL = LocalDate.parse("2027-06-30");

    private final List<Signed> all = new ArrayList<>();

    /** An authorisation, and a place inside it. */
    record Signed(VerifiedAuthorisation verified, Territory inside) {}

    JointAuthorisations(InventedMemorandum memorandum) {
        List<String> parties =
                memorandum.members().stream().map(Member::party).distinct().toList();
        Map<String, Signer> signers = new HashMap<>();
        for (String ofPlace : parties) {
            for (String obtaining : parties) {
                if (!ofPlace.equals(obtaining)) {
                    Signer place = signers.computeIfAbsent(ofPlace, Signer::new);
                    Signer other = signers.computeIfAbsent(obtaining, Signer::new);
                    String purpose = InventedMemorandum.PURPOSES.get(all.size() % InventedMemorandum.PURPOSES.size());
                    all.add(signed(place, other, purpose));
                }
            }
        }
    }

    /** Days at which authorisations begin and end, and their neighbours. */
    List<LocalDate> boundaries() {
        return List.of(FROM.minusDays(1), FROM, UNTIL, UNTIL.plusDays(1));
    }

    /** One that lets this party obtain things, mostly for this purpose. */
    Optional<Signed> of(String obtaining, Purpose purpose, Chance chance) {
        List<Signed> theirs = all.stream()
                .filter(one ->
                        one.verified().terms().between().obtaining().text().equals(obtaining))
                .toList();
        List<Signed> fitting = theirs.stream()
                .filter(one -> one.verified().terms().purpose().equals(purpose))
                .toList();
        return Optional.of(chance.any(fitting.isEmpty() || chance.once(8) ? theirs : fitting));
    }

    private static Signed signed(Signer place, Signer obtaining, String purpose) {
        TreeSet<Category> categories = new TreeSet<>();
        Holding.ALL.forEach(holding -> categories.add(new Category(holding.code())));
        Territory territory = new Territory(place.card.party().text());
        JointAuthorisation terms = new JointAuthorisation(
                "JA-" + place.card.party() + "-" + obtaining.card.party(),
                territory,
                new JointAuthorisation.Between(place.card.party(), obtaining.card.party()),
                categories,
                new Purpose(purpose),
                new JointAuthorisation.Window(FROM, UNTIL));
        Instant at = InventedMemorandum.SINCE;
        Statement signed = Statement.sign(VerifiedAuthorisation.draft(terms, at), place.statement);
        Statement countersigned = Statement.sign(
                VerifiedAuthorisation.countersignature(signed, obtaining.card.party(), at), obtaining.statement);
        try {
            return new Signed(
                    VerifiedAuthorisation.of(signed, place.card, countersigned, obtaining.card),
                    new Territory(territory.code() + "-7"));
        } catch (Malformed never) {
            throw new IllegalStateException(never);
        }
    }

    /** A party that can sign, with keys made from its code so that every run has the same ones. */
    private static final class Signer {
        private final SecretKeys statement;
        private final PartyCard card;

        Signer(String code) {
            SecretKeys root = SecretKeys.ofSeeds(seed(code, "root ed"), seed(code, "root ml"));
            statement = SecretKeys.ofSeeds(seed(code, "statement ed"), seed(code, "statement ml"));
            card = PartyCard.sign(
                    new CardContent(
                            new PartyIdentity(new PartyCode(code), "Party " + code, "Parte " + code, "#1a2b3c"),
                            1,
                            InventedMemorandum.SINCE,
                            new CardKeys(
                                    root.publicKeys(),
                                    statement.publicKeys(),
                                    Ed25519SecretKey.ofSeed(seed(code, "log")).publicKey(),
                                    CosigningSecrets.ofSeeds(seed(code, "cosigning"), seed(code, "cosigning ml"))
                                            .publicKeys()),
                            List.of(Digest.ofBytes(seed(code, "tls"))),
                            List.of()),
                    root);
        }

        private static byte[] seed(String code, String use) {
            return Digest.of((code + "/" + use).getBytes(StandardCharsets.UTF_8))
                    .bytes();
        }
    }
}
