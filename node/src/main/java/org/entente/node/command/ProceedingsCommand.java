package org.entente.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.exchange.form.Field;
import org.entente.exchange.form.Form;
import org.entente.exchange.form.Forms;
import org.entente.exchange.form.Step;
import org.entente.memorandum.language.Bilingual;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code entente proceedings}: what is asked and answered under forms, who must do what by when, and every step of it. */
@Command(
        name = "proceedings",
        mixinStandardHelpOptions = true,
        resourceBundle = "org.entente.node.usage",
        subcommands = {
            ProceedingsCommand.Kinds.class,
            ProceedingsCommand.Listing.class,
            ProceedingsCommand.Show.class,
            ProceedingsCommand.Open.class,
            ProceedingsCommand.Take.class,
            ProceedingsCommand.Waiting.class,
            ProceedingsCommand.Approve.class
        })
final class ProceedingsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** The name of a form, which stands in an address. */
    static String name(String form) throws Malformed {
        if (!form.matches("[a-z0-9-]{1,64}")) {
            throw new Malformed("proceedings.form-name-malformed", form);
        }
        return form;
    }

    static String in(Bilingual text, Language language) {
        return language == Language.SPANISH ? text.es() : text.en();
    }

    private static String text(JsonNode both, Language language) {
        return both.path(language.code()).asString("");
    }

    /** What each command prints on, and in which language. */
    abstract static class Asking implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private NodeAccess access = new NodeAccess();

        @Override
        public Integer call()
                throws IOException, Malformed, GeneralSecurityException, InterruptedException, NodeRefusal {
            Language language = Language.ofEnvironment(System.getenv());
            try (OfficerClient client = access.client(language)) {
                ask(client, spec.commandLine().getOut(), spec.commandLine().getErr(), language);
            }
            return 0;
        }

        abstract void ask(OfficerClient client, PrintWriter out, PrintWriter err, Language language)
                throws IOException, Malformed, InterruptedException, NodeRefusal;
    }

    /** {@code entente proceedings forms}: the kinds, or the steps and fields of one. */
    @Command(name = "forms", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
    static final class Kinds extends Asking {
        private static final Columns KINDS = new Columns(28, 80);
        private static final Columns FIELDS = new Columns(20, 14, 60);

        @Parameters(arity = "0..1", paramLabel = "FORM", descriptionKey = "proceedings.form")
        private Optional<String> form = Optional.empty();

        @Override
        void ask(OfficerClient client, PrintWriter out, PrintWriter err, Language language)
                throws IOException, Malformed, InterruptedException, NodeRefusal {
            if (form.isEmpty()) {
                for (JsonNode one : client.get("/api/forms").required("forms")) {
                    KINDS.row(one.required("form").asString(), text(one.required("about"), language))
                            .forEach(out::println);
                }
                return;
            }
            Form declared = Forms.read(client.get("/api/forms/" + name(form.get())));
            out.println(in(declared.heading().title(), language));
            out.println(in(declared.heading().about(), language));
            for (Step step : declared.steps().values()) {
                out.println();
                out.println(step.name() + ": " + in(step.title(), language) + " (" + in(side(declared, step), language)
                        + ")");
                for (Field field : step.fields()) {
                    fields(field, language).forEach(line -> out.println("  " + line));
                }
            }
        }

        private static Bilingual side(Form form, Step step) {
            return form.heading().sides().getOrDefault(step.by(), form.heading().title());
        }

        private static List<String> fields(Field field, Language language) {
            String type = field.holds().type() == Field.Type.CHOICE
                    ? String.join(
                            " | ",
                            field.holds().choices().stream()
                                    .map(Field.Choice::word)
                                    .toList())
                    : field.holds().type().word();
            String holds = type + (field.holds().many() ? " ..." : "") + (field.required() ? " *" : "");
            return FIELDS.row(field.name(), holds, in(field.label(), language));
        }
    }

    /** {@code entente proceedings list}. */
    @Command(name = "list", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
    static final class Listing extends Asking {
        private static final Columns ROWS = new Columns(20, 26, 12, 28, 8, 64);

        @Option(names = "--owed", paramLabel = "us|them|all", descriptionKey = "proceedings.owed")
        private String owed = "all";

        @Option(names = "--json", descriptionKey = "proceedings.json")
        private boolean json;

        @Override
        void ask(OfficerClient client, PrintWriter out, PrintWriter err, Language language)
                throws IOException, Malformed, InterruptedException, NodeRefusal {
            if (!List.of("us", "them", "all").contains(owed)) {
                throw new Malformed("proceedings.owed-unknown", owed);
            }
            Optional<String> after = Optional.empty();
            do {
                JsonNode page = client.get("/api/proceedings?owed=" + owed
                        + after.map(last -> "&after=" + last).orElse(""));
                for (JsonNode one : page.required("proceedings")) {
                    if (json) {
                        out.println(CanonicalJson.text(one));
                    } else {
                        ROWS.row(cells(one, language)).forEach(out::println);
                    }
                }
                Optional<String> next = OfficerClient.text(page, "next");
                if (next.isEmpty()) {
                    totals(page, err, language);
                }
                after = next;
            } while (after.isPresent());
        }

        private static String[] cells(JsonNode one, Language language) {
            JsonNode owed = one.path("owed");
            return new String[] {
                owed.path("due").asString("") + (owed.path("overdue").asBoolean(false) ? " !" : ""),
                one.has("title")
                        ? text(one.required("title"), language)
                        : one.required("form").asString(),
                one.required("partner").asString(),
                one.has("phaseTitle") ? text(one.required("phaseTitle"), language) : "",
                owed.has("by")
                        ? Catalogue.say(
                                language,
                                "proceedings.owed-by-" + owed.required("by").asString())
                        : "",
                one.required("opening").asString()
            };
        }

        private static void totals(JsonNode page, PrintWriter err, Language language) {
            JsonNode us = page.required("us");
            JsonNode them = page.required("them");
            err.println(Catalogue.say(
                    language,
                    "proceedings.totals",
                    us.required("owed").asLong(),
                    us.required("overdue").asLong(),
                    them.required("owed").asLong(),
                    them.required("overdue").asLong()));
        }
    }

    /** {@code entente proceedings show}. */
    @Command(name = "show", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
    static final class Show extends Asking {
        @Parameters(paramLabel = "OPENING", descriptionKey = "proceedings.opening")
        private String opening = "";

        @Override
        void ask(OfficerClient client, PrintWriter out, PrintWriter err, Language language)
                throws IOException, Malformed, InterruptedException, NodeRefusal {
            out.println(CanonicalJson.text(
                    client.get("/api/proceedings/" + Digest.parse(opening).hex())));
        }
    }

    /** {@code entente proceedings open}. */
    @Command(name = "open", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
    static final class Open implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private Filling filling = new Filling();

        @Mixin
        private Addressee addressee = new Addressee();

        @Parameters(paramLabel = "FORM", descriptionKey = "proceedings.form")
        private String form = "";

        @Override
        public Integer call()
                throws IOException, Malformed, GeneralSecurityException, InterruptedException, NodeRefusal {
            return filling.open(form, addressee.addressed(), List.of(), spec);
        }
    }

    /** With whom, for which case and about which category a proceeding is opened. */
    static final class Addressee {
        @Option(names = "--to", required = true, paramLabel = "AUTHORITY", descriptionKey = "proceedings.to")
        private String to = "";

        @Option(names = "--case", paramLabel = "CASE", descriptionKey = "proceedings.case")
        private String caseReference = "";

        @Option(names = "--category", paramLabel = "CATEGORY", descriptionKey = "proceedings.category")
        private String category = "";

        @Option(names = "--overlap-known", descriptionKey = "proceedings.overlap-known")
        private boolean overlapKnown;

        Filling.Addressed addressed() {
            return new Filling.Addressed(to, caseReference, category, overlapKnown);
        }
    }

    /** {@code entente proceedings take}. */
    @Command(name = "take", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
    static final class Take implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private Filling filling = new Filling();

        @Parameters(index = "0", paramLabel = "OPENING", descriptionKey = "proceedings.opening")
        private String opening = "";

        @Parameters(index = "1", paramLabel = "STEP", descriptionKey = "proceedings.step")
        private String step = "";

        @Override
        public Integer call()
                throws IOException, Malformed, GeneralSecurityException, InterruptedException, NodeRefusal {
            return filling.take(opening, step, List.of(), spec);
        }
    }

    /** {@code entente proceedings waiting}: what waits for this officer's approval, of whatever kind it is. */
    @Command(name = "waiting", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
    static final class Waiting extends Asking {
        @Override
        void ask(OfficerClient client, PrintWriter out, PrintWriter err, Language language)
                throws IOException, Malformed, InterruptedException, NodeRefusal {
            for (JsonNode draft : client.get("/api/drafts").required("drafts")) {
                out.println(CanonicalJson.text(draft));
            }
        }
    }

    /** {@code entente proceedings approve}: the second officer's own signature over what would be said. */
    @Command(name = "approve", mixinStandardHelpOptions = true, resourceBundle = "org.entente.node.usage")
    static final class Approve extends Asking {
        @Parameters(paramLabel = "SUBJECT", descriptionKey = "proceedings.subject")
        private String subject = "";

        @Override
        void ask(OfficerClient client, PrintWriter out, PrintWriter err, Language language)
                throws IOException, Malformed, InterruptedException, NodeRefusal {
            Digest wanted = Digest.parse(subject);
            Filling.said(client.approve(client.get("/api/drafts/" + wanted.hex())), out, err, language);
        }
    }
}
