package org.entente.verification.cedar;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.entente.memorandum.signing.Standing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a memorandum in force as Cedar policies, from the canonical JSON that parties sign and not from what the decision engine reads, so that Cedar's answer is a second opinion.
 *
 * <p>A clause that lets something be done becomes a {@code permit} for each act that it grants; what no clause can lift (names, force, joint group, kinds of authority, sensitive
 * categories, territory, protected people, secrecy, the third-party rule) becomes a {@code forbid}. Cedar allows exactly what the memorandum permits; whose consent is wanted, the
 * obligations and the clauses that give the answer have no counterpart. Cedar counts neither officers nor in calendar years: {@link CedarFacts} does that beforehand.
 */
final class CedarPolicies {
    private static final String ANYTHING = "principal, action, resource";
    private static final String ITEM_ACTS = "principal, action in [Action::\"index\", Action::\"release\"], resource";
    private static final String OFFICERS_ACTS =
            "principal, action in [Action::\"probe\", Action::\"watch\", Action::\"index\", Action::\"request\", Action::\"release\"], resource";

    private final Standing.InForce standing;
    private final JsonNode root;
    private final List<String> policies = new ArrayList<>();

    private CedarPolicies(Standing.InForce standing) {
        this.standing = standing;
        this.root = JsonMapper.shared().readTree(standing.memorandum().canonical());
    }

    static String of(Standing.InForce standing) {
        CedarPolicies written = new CedarPolicies(standing);
        written.names();
        written.categories();
        written.items();
        written.root.required("clauses").values().forEach(written::clause);
        return String.join("\n", written.policies) + "\n";
    }

    private void names() {
        forbidUnless(ANYTHING, strings(root.required("purposes").propertyNames()) + ".contains(context.purpose)");
        forbidUnless(ANYTHING, strings(root.required("categories").propertyNames()) + ".contains(context.category)");
        String named = authorities(territories().keySet());
        forbidUnless(ANYTHING, named + ".contains(principal) && " + named + ".contains(resource)");
        forbidWhen(ANYTHING, "context.byParty == context.counterpartParty");
        forbidWhen(ANYTHING, "context.at < " + standing.since().getEpochSecond());
    }

    private void categories() {
        List<String> sensitive = new ArrayList<>();
        root.required("categories").properties().forEach(category -> {
            JsonNode terms = category.getValue();
            if (terms.required("sensitive").asString().equals("yes")) {
                sensitive.add(category.getKey());
            }
            List<String> kinds = terms.required("secrecy").asString().equals("suspicious-report")
                    ? List.of("financial-intelligence-unit")
                    : texts(terms.path("only between"));
            if (!kinds.isEmpty()) {
                String may = authorities(ofKinds(kinds));
                forbidWhen(
                        ANYTHING,
                        "context.category == \"" + category.getKey() + "\" && !(" + may + ".contains(principal) && "
                                + may + ".contains(resource))");
            }
        });
        forbidWhen(OFFICERS_ACTS, "context.officers < 2 && " + strings(sensitive) + ".contains(context.category)");
    }

    private void items() {
        forbidWhen(ITEM_ACTS, "context.item.challenged");
        forbidUnless(ITEM_ACTS, "context.item.category == context.category");
        forbidUnless(ITEM_ACTS, "context.item.purposes.contains(context.purpose)");
        List<String> covered = new ArrayList<>(List.of("context.item.secrecy == \"none\""));
        root.required("categories")
                .properties()
                .forEach(category -> covered.add("(context.category == \"" + category.getKey()
                        + "\" && context.item.secrecy == \""
                        + category.getValue().required("secrecy").asString() + "\")"));
        forbidUnless(ITEM_ACTS, String.join(" || ", covered));
        Map<String, List<String>> territories = territories();
        forbidUnless(ITEM_ACTS, authorities(territories.keySet()) + ".contains(context.item.obtainedBy)");
        Map<String, List<String>> byTerritory = territories.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(territory -> Map.entry(territory, entry.getKey())))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, TreeMap::new, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        List<String> own = new ArrayList<>(List.of("context.item.authorised"));
        byTerritory.forEach((territory, owners) -> own.add("((context.item.place == \"" + territory
                + "\" || context.item.place like \"" + territory + "-*\") && " + authorities(owners)
                + ".contains(context.item.obtainedBy))"));
        forbidUnless(ITEM_ACTS, String.join(" || ", own));
        forbidWhen(
                "principal, action == Action::\"index\", resource",
                "[\"victim\", \"witness\", \"minor\", \"source\"].contains(context.item.person)");
        forbidWhen(
                ITEM_ACTS,
                "(context.item.obtainerParty != context.byParty || (context.item.obtainedBy != principal && context.item.handling >= 2))"
                        + " && !context.item.consents.contains(context.item.obtainedBy)");
    }

    private void clause(JsonNode clause) {
        if (clause.has("reconcile")) {
            permit("reconcile", scope(clause, "reconcile", "between", "between"), "context.advised", large(clause));
            permit("index", scope(clause, "reconcile", "between", "between"), "context.officers >= 1", cleared(clause));
        } else if (clause.has("probe")) {
            String scope = scope(clause, "probe", "by", "of");
            String[] quota = clause.required("at most").asString().split(" identifiers each ", 2);
            String within = "context.asked + context.charged[\"" + quota[1] + "\"] <= " + quota[0];
            permit("probe", scope, needs(clause), large(clause), within);
            if (clause.has("watch")) {
                JsonNode watch = clause.required("watch");
                permit("watch", scope, needs(clause), large(clause), within, rounds(watch));
            }
            permit("index", scope(clause, "probe", "of", "by"), "context.officers >= 1", cleared(clause));
        } else if (clause.has("release")) {
            permit("request", scope(clause, "release", "to", "by"), needs(clause));
            permit("release", scope(clause, "release", "by", "to"), needs(clause), handover(clause));
        } else if (clause.has("joint-group")) {
            jointGroup(clause);
        }
    }

    private void jointGroup(JsonNode clause) {
        String members = authorities(texts(clause.required("joint-group")));
        forbidWhen(
                ANYTHING,
                "(" + strings(texts(clause.path("adds purposes"))) + ".contains(context.purpose) || "
                        + strings(texts(clause.path("adds categories"))) + ".contains(context.category)) && !("
                        + members
                        + ".contains(principal) && " + members + ".contains(resource) && context.at >= "
                        + midnight(clause, "from", 0) + " && context.at < " + midnight(clause, "until", 1) + ")");
    }

    private static long midnight(JsonNode clause, String key, int daysLater) {
        return LocalDate.parse(clause.required(key).asString())
                .plusDays(daysLater)
                .atStartOfDay()
                .toEpochSecond(ZoneOffset.UTC);
    }

    /** What is cheap and rarely true comes first: Cedar stops at the first part that is false. */
    private static String scope(JsonNode clause, String head, String by, String counterpart) {
        return strings(texts(clause.required(head))) + ".contains(context.category) && "
                + strings(texts(clause.required("for"))) + ".contains(context.purpose) && "
                + authorities(texts(clause.required(by))) + ".contains(principal) && "
                + authorities(texts(clause.required(counterpart))) + ".contains(resource)";
    }

    private static String needs(JsonNode clause) {
        JsonNode needs = clause.required("needs");
        String officers = "context.officers >= " + needs.required("officers").asString();
        return officers
                + (needs.required("case").asString().equals("yes") ? " && context.caseGiven" : "")
                + (needs.required("legal basis").asString().equals("yes") ? " && context.basisGiven" : "");
    }

    private static String large(JsonNode clause) {
        return "context.index >= "
                + clause.required("index of at least").asString().split(" ", 2)[0];
    }

    private static String cleared(JsonNode clause) {
        return clause.required("cleared entries").asString().equals("not indexed") ? "!context.item.cleared" : "true";
    }

    private static String rounds(JsonNode watch) {
        return "context.until <= context.after[\""
                + watch.required("for at most").asString() + "\"] && context.next >= " + "context.after[\""
                + watch.required("each").asString() + "\"] && context.at < context.until";
    }

    private static String handover(JsonNode clause) {
        return (clause.required("on").asString().equals("request") ? "context.requested && " : "")
                + (clause.required("grading").asString().equals("required") ? "context.item.graded && " : "")
                + "context.item.handling >= "
                + clause.required("handling at least").asString().substring(1)
                + " && context.item.erased <= context.item.latest[\""
                + clause.required("keep").asString() + "\"]";
    }

    /** The authorities, and where each may obtain things. */
    private Map<String, List<String>> territories() {
        Map<String, List<String>> territories = new TreeMap<>();
        root.required("parties")
                .properties()
                .forEach(party -> party.getValue()
                        .required("authorities")
                        .properties()
                        .forEach(authority -> territories.put(
                                party.getKey() + "/" + authority.getKey(),
                                texts(authority.getValue().required("territory")))));
        return territories;
    }

    private List<String> ofKinds(List<String> kinds) {
        List<String> codes = new ArrayList<>();
        root.required("parties")
                .properties()
                .forEach(party -> party.getValue()
                        .required("authorities")
                        .properties()
                        .forEach(authority -> {
                            if (kinds.contains(
                                    authority.getValue().required("kind").asString())) {
                                codes.add(party.getKey() + "/" + authority.getKey());
                            }
                        }));
        return codes;
    }

    private void permit(String action, String... conditions) {
        policies.add("permit(principal, action == Action::\"" + action + "\", resource) when { "
                + String.join(" && ", conditions) + " };");
    }

    private void forbidWhen(String scope, String condition) {
        policies.add("forbid(" + scope + ") when { " + condition + " };");
    }

    private void forbidUnless(String scope, String condition) {
        policies.add("forbid(" + scope + ") unless { " + condition + " };");
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asString()));
        return texts;
    }

    private static String strings(Collection<String> texts) {
        return texts.stream().map(text -> "\"" + text + "\"").collect(Collectors.joining(", ", "[", "]"));
    }

    private static String authorities(Collection<String> codes) {
        return codes.stream()
                .map(code -> CedarFacts.AUTHORITY + "::\"" + code + "\"")
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
