package org.entente.exchange.message;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.form.Filled;
import org.entente.exchange.form.Forms;
import org.entente.exchange.form.Step;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Role;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The steps of a proceeding under a form. What a form that is not known here asks for cannot be judged: such a statement is read, kept and
 * shown, an officer must stand behind it, and it has no effect.
 */
public sealed interface Procedure extends Message {
    /** Greatest length of the open fields in their canonical form, in bytes. */
    int OPEN_BYTES_MAX = 64 * 1024;

    /** Which step of which form it is. */
    Named named();

    /** What was filled in. */
    Given given();

    Optional<SentDecision> sent();

    /** Which step it is of which version of a form. */
    record Named(String form, int version, String step) {
        static final int VERSION_MAX = 1_000;
        private static final String NAME = "[a-z][a-z0-9]*(-[a-z0-9]+){0,7}";
        private static final int NAME_MAX = 64;

        public Named {
            Fields.require(isName(form) && isName(step), "not the name of a form or step");
            Fields.require(version >= 1 && version <= VERSION_MAX, "a version is a number from 1");
        }

        /** The step as the form declares it; empty where this node does not know it. */
        public Optional<Step> declared() {
            return Forms.ofHouse().find(form, version).flatMap(known -> known.step(step));
        }

        private static boolean isName(String text) {
            return text.length() <= NAME_MAX && text.matches(NAME);
        }

        private void write(ObjectNode content) {
            content.put("form", form).put("version", version).put("step", step);
        }

        private static Named read(Members members) throws Malformed {
            String form = members.text("form");
            int version = (int) members.integer("version", 1, VERSION_MAX);
            String step = members.text("step");
            if (!isName(form) || !isName(step)) {
                throw new Malformed("exchange.form-name-malformed");
            }
            return new Named(form, version, step);
        }
    }

    /**
     * What was filled in.
     *
     * @param openJson canonical JSON of the open fields, kept as text so that it is immutable and compares by what it says
     * @param sealed the body with all other fields, encrypted to the other authority
     * @param envelope what both nodes need in order to decide, where the step hands over what stands in the body
     */
    record Given(String openJson, Optional<BodyReference> sealed, Optional<Envelope> envelope) {
        public Given {
            Fields.require(
                    openJson.getBytes(StandardCharsets.UTF_8).length <= OPEN_BYTES_MAX, "the open fields are too long");
            Fields.require(envelope.isEmpty() || sealed.isPresent(), "an envelope belongs to a body");
        }

        public static Given of(ObjectNode open, Optional<BodyReference> sealed, Optional<Envelope> envelope) {
            return new Given(CanonicalJson.text(open), sealed, envelope);
        }

        /** The open fields. */
        public ObjectNode open() {
            try {
                return (ObjectNode) CanonicalJson.parse(openJson.getBytes(StandardCharsets.UTF_8), OPEN_BYTES_MAX);
            } catch (Malformed impossible) {
                throw new IllegalStateException("written by ourselves", impossible);
            }
        }

        private void write(ObjectNode content) {
            content.set("open", open());
            sealed.ifPresent(body -> content.set("sealed", body.json()));
            envelope.ifPresent(given -> content.set("envelope", given.toJson()));
        }

        private static Given read(Members members) throws Malformed {
            ObjectNode open = members.object("open");
            if (open.size() > Filled.FIELDS_MAX || CanonicalJson.encode(open).length > OPEN_BYTES_MAX) {
                throw new Malformed("exchange.open-fields-too-long", Integer.toString(OPEN_BYTES_MAX));
            }
            Optional<BodyReference> sealed = members.has("sealed")
                    ? Optional.of(BodyReference.read(members.members("sealed")))
                    : Optional.empty();
            Optional<Envelope> envelope = members.has("envelope")
                    ? Optional.of(Envelope.fromJson(members.node("envelope")))
                    : Optional.empty();
            if (envelope.isPresent() && sealed.isEmpty()) {
                throw new Malformed("exchange.envelope-without-body");
            }
            return of(open, sealed, envelope);
        }
    }

    /**
     * What a proceeding is about and what for, where its opening asks for something or hands something over.
     *
     * @param caseDigest the salted digest of the opening authority's case
     */
    record Matter(Category category, Purpose purpose, Optional<Digest> caseDigest) {
        private ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance
                    .objectNode()
                    .put("category", category.code())
                    .put("purpose", purpose.code());
            caseDigest.ifPresent(digest -> json.put("case", digest.hex()));
            return json;
        }

        private static Matter read(Members members) throws Malformed {
            Matter matter = new Matter(
                    Category.parse(members.text("category")),
                    Purpose.parse(members.text("purpose")),
                    members.has("case") ? Optional.of(members.digest("case")) : Optional.empty());
            members.end();
            return matter;
        }
    }

    /** Opens a proceeding with the authority to which it is addressed; its id is the proceeding's. */
    record ProceedingOpened(Named named, Optional<Matter> matter, Given given, Optional<SentDecision> sent)
            implements Procedure {
        @Override
        public Kind kind() {
            return Kind.PROCEEDING_OPENED;
        }

        @Override
        public ObjectNode content() {
            ObjectNode content = JsonNodeFactory.instance.objectNode();
            named.write(content);
            matter.ifPresent(about -> content.set("matter", about.json()));
            given.write(content);
            sent.ifPresent(decision -> content.set("decision", decision.json()));
            return content;
        }

        static ProceedingOpened read(Members members) throws Malformed {
            Named named = Named.read(members);
            Optional<Matter> matter =
                    members.has("matter") ? Optional.of(Matter.read(members.members("matter"))) : Optional.empty();
            Given given = Given.read(members);
            Optional<SentDecision> sent = Procedure.decision(members);
            requireFitting(named, given, sent);
            if (sent.isPresent() != matter.isPresent()) {
                throw new Malformed("exchange.matter-and-decision");
            }
            return new ProceedingOpened(named, matter, given, sent);
        }
    }

    /**
     * A further step of a proceeding.
     *
     * @param proceeding the statement that opened it
     * @param after the other side's last statement of it that the speaker had; empty while it had none
     */
    record StepTaken(Digest proceeding, Optional<Digest> after, Named named, Given given, Optional<SentDecision> sent)
            implements Procedure {
        @Override
        public Kind kind() {
            return Kind.STEP_TAKEN;
        }

        @Override
        public Optional<Digest> answers() {
            return Optional.of(proceeding);
        }

        @Override
        public ObjectNode content() {
            ObjectNode content = JsonNodeFactory.instance.objectNode().put("answers", proceeding.hex());
            after.ifPresent(seen -> content.put("after", seen.hex()));
            named.write(content);
            given.write(content);
            sent.ifPresent(decision -> content.set("decision", decision.json()));
            return content;
        }

        static StepTaken read(Members members) throws Malformed {
            Digest proceeding = members.digest("answers");
            Optional<Digest> after = members.has("after") ? Optional.of(members.digest("after")) : Optional.empty();
            Named named = Named.read(members);
            Given given = Given.read(members);
            Optional<SentDecision> sent = Procedure.decision(members);
            requireFitting(named, given, sent);
            return new StepTaken(proceeding, after, named, given, sent);
        }
    }

    @Override
    default List<BodyReference> bodies() {
        return given().sealed().stream().toList();
    }

    @Override
    default Optional<SentDecision> decision() {
        return sent();
    }

    @Override
    default boolean needsDecision() {
        return named().declared().flatMap(step -> step.needs().act()).isPresent();
    }

    @Override
    default Set<Role> approvers() {
        return named().declared()
                .map(step -> step.needs().approvers())
                .orElse(Set.of(Role.ANALYST, Role.LIAISON, Role.LEGAL));
    }

    @Override
    default int officers() {
        return named().declared().map(step -> step.needs().officers()).orElse(1);
    }

    private static Optional<SentDecision> decision(Members members) throws Malformed {
        return members.has("decision") ? Optional.of(SentDecision.read(members.members("decision"))) : Optional.empty();
    }

    /** A step that is known carries a decision exactly if its form names an act, and an envelope exactly if that hands something over. */
    private static void requireFitting(Named named, Given given, Optional<SentDecision> sent) throws Malformed {
        Optional<Step> step = named.declared();
        if (step.isEmpty()) {
            return;
        }
        Optional<ActName> act = step.get().needs().act();
        if (act.isPresent() != sent.isPresent()) {
            throw new Malformed("exchange.step-and-decision", named.step());
        }
        if (act.filter(ActName::supplies).isPresent() != given.envelope().isPresent()) {
            throw new Malformed("exchange.step-and-envelope", named.step());
        }
    }
}
