package org.entente.verification.simulate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.CardAuthority;
import org.entente.evidence.card.CardContent;
import org.entente.evidence.card.CardKeys;
import org.entente.evidence.card.CosigningSecrets;
import org.entente.evidence.card.Ed25519PublicKey;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.PartyIdentity;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.OfficerAppointment;
import org.entente.exchange.body.BodyIdentity;
import org.entente.memorandum.decision.Approver;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.officer.Role;
import org.entente.memorandum.signing.Standing;

/** The parties of all histories, with keys that are always the same, and the memorandum between them. */
final class Cast {
    /** As many as a history has at most. */
    static final int PARTIES_MAX = 5;

    /** How often a party may replace its card. */
    private static final int SUCCESSIONS_MAX = 2;

    private static final List<String> CODES = List.of("MX", "US", "GT", "CO", "ES");
    private static final Instant BORN = Course.BEGIN.minusSeconds(86_400);

    /** A card, and what signs under it. */
    record Issued(PartyCard card, Keys keys) {}

    /**
     * A party with everything that is secret of it.
     *
     * @param cards all that it ever has, one after another
     * @param serial which of them is in force
     */
    record Member(
            SecretKeys root, List<Issued> cards, int serial, BodyIdentity bodies, Officer analyst, Officer liaison) {
        PartyCard card() {
            return cards.get(serial - 1).card();
        }

        Keys keys() {
            return cards.get(serial - 1).keys();
        }

        /** The keys of all cards until now with which this party's logs were signed. */
        List<Ed25519PublicKey> logKeys() {
            return cards.subList(0, serial).stream()
                    .map(issued -> issued.card().logKey())
                    .toList();
        }

        boolean hasNext() {
            return serial < cards.size();
        }

        /** The same party under another of its cards. */
        Member under(int other) {
            return new Member(root, cards, other, bodies, analyst, liaison);
        }

        PartyCode party() {
            return card().party();
        }

        AuthorityCode unit() {
            return analyst.authority();
        }
    }

    /** What a node signs with. */
    record Keys(SecretKeys statement, Ed25519SecretKey log, CosigningSecrets cosigning) {
        CardKeys publicKeys(SecretKeys root) {
            return new CardKeys(root.publicKeys(), statement.publicKeys(), log.publicKey(), cosigning.publicKeys());
        }

        static Keys generate(GivenChance chance) {
            return new Keys(
                    SecretKeys.generate(chance), Ed25519SecretKey.generate(chance), CosigningSecrets.generate(chance));
        }
    }

    /** An officer of a party. */
    record Officer(String pseudonym, AuthorityCode authority, Role role, SecretKeys keys) {
        Approver approver() {
            return new Approver(authority, pseudonym, role);
        }

        OfficerAppointment appointment() {
            return new OfficerAppointment(pseudonym, authority, role.word(), keys.publicKeys());
        }
    }

    static final List<Member> MEMBERS = members();
    static final Standing.InForce IN_FORCE = new Standing.InForce(memorandum(), BORN);

    private Cast() {}

    private static List<Member> members() {
        List<Member> members = new ArrayList<>();
        for (int n = 0; n < PARTIES_MAX; n++) {
            members.add(member(CODES.get(n), 100 + n));
        }
        return List.copyOf(members);
    }

    private static Member member(String code, long seed) {
        GivenChance chance = new GivenChance(seed);
        PartyCode party = new PartyCode(code);
        AuthorityCode unit = new AuthorityCode(party, "UNIT");
        SecretKeys root = SecretKeys.generate(chance);
        Keys first = Keys.generate(chance);
        BodyIdentity bodies = BodyIdentity.generate(chance);
        CardAuthority authority = new CardAuthority(unit, bodies.recipient().toString());
        List<Issued> cards = new ArrayList<>();
        for (int serial = 1; serial <= 1 + SUCCESSIONS_MAX; serial++) {
            long own = seed + 1_000L * (serial - 1);
            Keys keys = serial == 1 ? first : Keys.generate(new GivenChance(own));
            CardContent content = new CardContent(
                    new PartyIdentity(party, "Party " + code, "Parte " + code, "#1f4e9c"),
                    serial,
                    BORN,
                    keys.publicKeys(root),
                    List.of(pin(own)),
                    List.of(authority));
            cards.add(new Issued(PartyCard.sign(content, root), keys));
        }
        return new Member(
                root,
                List.copyOf(cards),
                1,
                bodies,
                new Officer("analyst." + code, unit, Role.ANALYST, SecretKeys.generate(chance)),
                new Officer("liaison." + code, unit, Role.LIAISON, SecretKeys.generate(chance)));
    }

    private static Digest pin(long seed) {
        return Digest.of(("certificate " + seed).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static Memorandum memorandum() {
        String parties = CODES.stream().map(code -> """
                          %1$s:
                            name: {en: Party %1$s, es: Parte %1$s}
                            territory: [%1$s]
                            authorities:
                              UNIT: {kind: financial-intelligence-unit}
                        """.formatted(code)).collect(Collectors.joining());
        String units = CODES.stream().map(code -> code + "/UNIT").collect(Collectors.joining(", ", "[", "]"));
        try {
            return Memorandum.parseYaml("""
                    memorandum: SIMULATED/2026-03
                    version: 1
                    title: {en: Simulated understanding, es: Entendimiento simulado}
                    languages: {authentic: [en, es], if they diverge: consult}
                    parties:
                    %1$spurposes:
                      money-laundering: {name: {en: money laundering, es: lavado de dinero}}
                      drug-trafficking: {name: {en: drug trafficking, es: narcotráfico}}
                    categories:
                      company: {name: {en: companies, es: empresas}, place of obtaining: place of registration, sensitive: no}
                    clauses:
                      "1.1":
                        legal nature: non-binding understanding
                        signing is consent to be bound: no
                      "1.2":
                        not named here: refused
                      "2.1":
                        release: company
                        by: %2$s
                        to: %2$s
                        for: money-laundering
                        on: request
                        needs: {case: yes, legal basis: yes, officers: 1}
                        handling at least: H1
                        grading: required
                        use as evidence: with consent
                        onward: with consent
                        export: with consent
                        keep: P5Y
                        legal hold: restricted
                      "3.1":
                        obtained outside own territory: only with a joint authorisation of the place
                      "4.1":
                        suspend: any party
                        effect: at once
                        resume: every party
                        surviving: [confidentiality, retention, erasure, status-notices]
                      "4.2":
                        withdraw: any party
                        notice: P60D
                    """.formatted(parties, units));
        } catch (Malformed refused) {
            throw new IllegalStateException("the memorandum of the histories is refused", refused);
        }
    }
}
