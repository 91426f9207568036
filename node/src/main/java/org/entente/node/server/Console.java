package org.entente.node.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.memorandum.language.Memorandum;
import org.entente.node.act.NothingHere;
import org.entente.node.console.Frame;
import org.entente.node.console.MemorandumView;
import org.entente.node.console.PartyColours;
import org.entente.node.console.Screens;
import org.entente.node.console.Sight;
import org.entente.node.console.TodayView;
import org.entente.node.language.Language;
import org.entente.node.officer.Officer;
import org.entente.node.party.Parties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The console's addresses: signing in, and the screens. */
@RestController
class Console {
    static final MediaType PAGE = new MediaType("text", "html", StandardCharsets.UTF_8);

    private static final Logger LOG = LoggerFactory.getLogger(Console.class);
    private static final MediaType STYLE = new MediaType("text", "css", StandardCharsets.UTF_8);
    private static final Duration CHOICE_LIVES = Duration.ofDays(365);
    private static final int TIMELINE_LINES = 50;

    private final Services services;
    private final Screens screens;

    Console(Services services, Screens screens) {
        this.services = services;
        this.screens = screens;
    }

    @GetMapping("/sign-in")
    ResponseEntity<byte[]> signIn(
            @RequestParam Optional<String> refused, HttpServletRequest request, HttpServletResponse response) {
        return page(screens.signIn(frame(services, request), refused.isPresent()), request, response);
    }

    @PostMapping("/sign-in")
    ResponseEntity<byte[]> signIn(
            @RequestParam String token, HttpServletRequest request, HttpServletResponse response) {
        Optional<Officer> officer = services.known().officers().ofToken(token);
        if (officer.isEmpty()) {
            LOG.warn("a token was refused at the console");
            return seeOther("/sign-in?refused");
        }
        Doors.open(request, services.clock());
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(Doors.authentication(officer.get()));
        SecurityContextHolder.setContext(context);
        new HttpSessionSecurityContextRepository().saveContext(context, request, response);
        return seeOther("/");
    }

    @GetMapping("/")
    ResponseEntity<byte[]> today(
            @AuthenticationPrincipal Officer officer, HttpServletRequest request, HttpServletResponse response) {
        Frame frame = frame(services, request);
        Parties parties = services.known().parties();
        TodayView view = TodayView.of(
                frame,
                services.known().memoranda(),
                Sight.counts(services.known().holdings(), officer),
                partners(frame.language()),
                CanaryInterface.seen(services.ledger().canaries().alarms(), officer),
                Sight.newest(services.ledger().statements(), parties.own(), officer, TIMELINE_LINES));
        return page(screens.today(view), request, response);
    }

    @GetMapping("/memoranda/{digest}")
    ResponseEntity<byte[]> memorandum(
            @PathVariable String digest, HttpServletRequest request, HttpServletResponse response)
            throws Malformed, NothingHere {
        Memorandum memorandum =
                services.known().memoranda().find(Digest.parse(digest)).orElseThrow(NothingHere::new);
        MemorandumView view = MemorandumView.of(
                frame(services, request),
                services.known().memoranda().standing(memorandum),
                services.known().memoranda());
        return page(screens.memorandum(view), request, response);
    }

    /** The parties' colours as rules; a stranger sees this party's alone. */
    @GetMapping("/look/parties.css")
    ResponseEntity<byte[]> colours(@AuthenticationPrincipal @Nullable Officer officer) {
        List<PartyCard> cards =
                new ArrayList<>(List.of(services.known().parties().own()));
        if (officer != null) {
            services.known().parties().partners().forEach(partner -> cards.add(partner.card()));
        }
        return ResponseEntity.ok()
                .contentType(STYLE)
                .cacheControl(CacheControl.noCache().cachePrivate())
                .body(PartyColours.css(cards).getBytes(StandardCharsets.UTF_8));
    }

    static Frame frame(Services services, HttpServletRequest request) {
        PartyCard own = services.known().parties().own();
        Language language = Tongue.of(request);
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        Optional<Officer> officer =
                who != null && who.getPrincipal() instanceof Officer known ? Optional.of(known) : Optional.empty();
        String csrf =
                request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token ? token.getToken() : "";
        return Frame.of(own, language, officer, csrf, services.clock().instant());
    }

    private List<TodayView.PartnerLine> partners(Language language) {
        return services.known().parties().partners().stream()
                .map(partner -> {
                    Relationship relationship = Relationship.with(partner.card(), services.ledger());
                    return new TodayView.PartnerLine(
                            partner.code().text(),
                            Frame.name(partner.card(), language),
                            relationship.waiting(),
                            relationship.logSize(),
                            relationship.cosignedSize(),
                            services.desks()
                                    .partners()
                                    .stopped(partner.code())
                                    .map(stop -> StopWords.of(stop, language))
                                    .orElse(""));
                })
                .toList();
    }

    private static ResponseEntity<byte[]> page(String html, HttpServletRequest request, HttpServletResponse response) {
        Language language = Tongue.of(request);
        if (Tongue.asked(request).isPresent()) {
            response.addHeader(
                    HttpHeaders.SET_COOKIE,
                    ResponseCookie.from(Tongue.COOKIE, language.code())
                            .path("/")
                            .secure(true)
                            .httpOnly(true)
                            .sameSite("Strict")
                            .maxAge(CHOICE_LIVES)
                            .build()
                            .toString());
        }
        return ResponseEntity.ok()
                .contentType(PAGE)
                .header(HttpHeaders.CONTENT_LANGUAGE, language.code())
                .body(html.getBytes(StandardCharsets.UTF_8));
    }

    private static ResponseEntity<byte[]> seeOther(String place) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header(HttpHeaders.LOCATION, place)
                .build();
    }
}
