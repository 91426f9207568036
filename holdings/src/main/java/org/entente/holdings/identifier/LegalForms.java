package org.entente.holdings.identifier;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The legal forms that end the names of companies of Mexico and the United States.
 *
 * <p>Mexico: Ley General de Sociedades Mercantiles, article 1, each also {@code de capital variable}; Ley del Mercado de
 * Valores (SAPI, SAPIB, SAB); Ley General de Organizaciones y Actividades Auxiliares del Crédito (SOFOM); Código Civil Federal
 * (SC, AC); Ley Agraria (SPR); Ley Federal para el Fomento de la Microindustria (MI). United States: Model Business
 * Corporation Act, section 4.01; the Uniform Limited Liability Company Act, Partnership Act and Limited Partnership Act on
 * names; professional corporations and companies. They are compared as letters without blanks, so {@code S.A. de
 * C.V.}, {@code SA DE CV} and {@code S. A. DE C. V.} are one.
 */
public final class LegalForms {
    private static final int TOKENS_MAX = 12;

    private static final String MEXICAN = """
            S EN N C
            SOCIEDAD EN NOMBRE COLECTIVO
            S EN C
            SOCIEDAD EN COMANDITA SIMPLE
            S EN C POR A
            SOCIEDAD EN COMANDITA POR ACCIONES
            S DE RL
            S RL
            SOCIEDAD DE RESPONSABILIDAD LIMITADA
            SA
            SOCIEDAD ANONIMA
            SC DE RL
            SC DE RS
            SOCIEDAD COOPERATIVA
            SOCIEDAD COOPERATIVA DE RESPONSABILIDAD LIMITADA
            SAS
            SOCIEDAD POR ACCIONES SIMPLIFICADA
            SAPI
            SAPIB
            SOCIEDAD ANONIMA PROMOTORA DE INVERSION
            SAB
            SOCIEDAD ANONIMA BURSATIL
            SPR
            SPR DE RL
            SPR DE RI
            SPR DE RS
            SOCIEDAD DE PRODUCCION RURAL
            S DE RL MI
            """;

    private static final String NEVER_VARIABLE = """
            SNC
            SC
            SOCIEDAD CIVIL
            AC
            ASOCIACION CIVIL
            SOFOM
            SOFOM ENR
            SOFOM ER
            ENR
            SOCIEDAD FINANCIERA DE OBJETO MULTIPLE
            ENTIDAD NO REGULADA
            ENTIDAD REGULADA
            CORPORATION
            CORP
            INCORPORATED
            INC
            COMPANY
            CO
            LIMITED
            LTD
            LIMITED LIABILITY COMPANY
            LIMITED COMPANY
            LLC
            LC
            LIMITED PARTNERSHIP
            LP
            LIMITED LIABILITY PARTNERSHIP
            REGISTERED LIMITED LIABILITY PARTNERSHIP
            LLP
            RLLP
            LIMITED LIABILITY LIMITED PARTNERSHIP
            LLLP
            PROFESSIONAL CORPORATION
            PC
            PROFESSIONAL LIMITED LIABILITY COMPANY
            PLLC
            """;

    private static final Set<String> LETTERS = letters();

    private LegalForms() {}

    /** Whether a name ends in a legal form and has more than that, so that nobody can take it for a person's. */
    public static boolean end(String name) {
        if (name.length() > Spelling.TEXT_CHARS_MAX) {
            return false;
        }
        List<String> tokens = NameTokens.of(name);
        int rest = strip(tokens).size();
        return rest > 0 && rest < tokens.size();
    }

    /** The tokens without all legal forms at the end; nothing when there is nothing else. */
    static List<String> strip(List<String> tokens) {
        List<String> rest = tokens;
        int form = formTokens(rest);
        while (form > 0) {
            rest = rest.subList(0, rest.size() - form);
            form = formTokens(rest);
        }
        return rest;
    }

    /** How many of the last tokens are a legal form; the longest one counts. */
    private static int formTokens(List<String> tokens) {
        for (int count = Math.min(TOKENS_MAX, tokens.size()); count > 0; count--) {
            if (LETTERS.contains(String.join("", tokens.subList(tokens.size() - count, tokens.size())))) {
                return count;
            }
        }
        return 0;
    }

    private static Set<String> letters() {
        Set<String> letters = new HashSet<>();
        for (String form : MEXICAN.split("\n", -1)) {
            for (String capital : List.of("", "DECV", "CV", "DECAPITALVARIABLE")) {
                letters.add(form.replace(" ", "") + (form.isEmpty() ? "" : capital));
            }
        }
        for (String form : NEVER_VARIABLE.split("\n", -1)) {
            letters.add(form.replace(" ", ""));
        }
        letters.remove("");
        return Set.copyOf(letters);
    }
}
