package org.entente.verification.memoranda;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.signing.Standing;

/**
 * A memorandum of any size, as YAML text, invented from a seed: the same shape and seed give the same text, everywhere. It has all that makes decisions differ: authorities of
 * several kinds and territories, categories with secrecy, some of which pass between some kinds only, a joint group with a purpose and a category of its own, and clauses that
 * overlap. Its promises hold, so that it can be signed.
 */
public final class InventedMemorandum {
    /** When it came into force, wherever it is taken as in force. */
    public static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

    static final LocalDate JOINT_FROM = LocalDate.parse("2026-04-01");
    static final LocalDate JOINT_UNTIL = LocalDate.parse("2027-10-31");
    /** The purpose that only the joint group has. */
    static final String JOINT = "arms-trafficking";
    /** The purposes that everybody has. */
    static final List<String> PURPOSES =
            List.of("drug-trafficking", "money-laundering", "human-trafficking", "fraud", "corruption");

    private static final List<String> COUNTRIES =
            List.of("MX", "US", "GT", "CO", "CA", "ES", "PA", "BR", "AR", "CL", "PE", "EC");
    /** A joint group is formed by the police and the prosecutors of these many parties. */
    private static final int JOINT_PARTIES = 3;

    private final Shape shape;
    private final long seed;
    private final List<Member> members;
    private final List<String> jointGroup;
    private final List<Grant> grants;
    private final String yaml;

    private InventedMemorandum(Shape shape, long seed) {
        this.shape = shape;
        this.seed = seed;
        this.members = members(shape);
        this.jointGroup = jointGroup(members);
        this.grants = List.copyOf(
                new GrantDraw(members, jointGroup, new Random(seed)).draw(shape.clauses() - Shape.SINGLE_CLAUSES));
        this.yaml = new MemorandumText(this).write();
    }

    public static InventedMemorandum of(Shape shape, long seed) {
        return new InventedMemorandum(shape, seed);
    }

    /** What people would write. */
    public String yaml() {
        return yaml;
    }

    /** The text as the language reads it. */
    public Memorandum read() {
        try {
            return Memorandum.parseYaml(yaml);
        } catch (Malformed refused) {
            throw new IllegalStateException(shape + " from seed " + seed + " is refused", refused);
        }
    }

    /** As if every party had signed it, in force since {@link #SINCE}. */
    public Standing.InForce inForce() {
        return new Standing.InForce(read(), SINCE);
    }

    Shape shape() {
        return shape;
    }

    long seed() {
        return seed;
    }

    List<Member> members() {
        return members;
    }

    List<String> jointGroup() {
        return jointGroup;
    }

    List<Grant> grants() {
        return grants;
    }

    private static List<Member> members(Shape shape) {
        List<Member> members = new ArrayList<>();
        for (int n = 0; n < shape.authorities(); n++) {
            members.add(Member.of(COUNTRIES.get(n % shape.parties()), n / shape.parties()));
        }
        return List.copyOf(members);
    }

    /** With few authorities nobody may be of these kinds; then the units form it. */
    private static List<String> jointGroup(List<Member> members) {
        List<String> countries = COUNTRIES.subList(0, JOINT_PARTIES);
        List<String> group = members.stream()
                .filter(member -> countries.contains(member.party()))
                .filter(member ->
                        member.kind().equals("police") || member.kind().equals("prosecutor"))
                .map(Member::code)
                .toList();
        boolean across = group.stream().map(Grant::party).distinct().count() > 1;
        return across
                ? group
                : members.stream()
                        .filter(member -> member.kind().equals(Member.UNIT))
                        .map(Member::code)
                        .toList();
    }
}
