package org.entente.node.server;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Problem;
import org.entente.node.officer.Officer;
import org.entente.node.officer.Officers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Who may enter by which door: machines and the command line with a bearer token at {@code /api}, people with a
 * session at the console, monitors without a name at {@code /health} alone. Whatever is not named here is shut.
 *
 * <p>A stranger makes this node keep nothing: there is no session before a token was shown, and the defence against forged
 * forms is a cookie that only this host can set.
 */
@Configuration(proxyBeanMethods = false)
class Doors {
    /** No script is served at all, and no style but that of our own files; the kit's stylesheet draws its marks as data. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; "
            + "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final String OLDEST_SESSION = "signedInAt";
    private static final Duration SESSION_WHOLE = Duration.ofHours(8);

    /** What Spring Security is told of an officer: the officer, and the role as an authority. */
    static Authentication authentication(Officer officer) {
        return UsernamePasswordAuthenticationToken.authenticated(
                officer,
                null,
                List.of(new SimpleGrantedAuthority("ROLE_" + officer.role().name())));
    }

    /** Begins the working session of an officer who has shown a token; one that was open before ends. */
    static HttpSession open(HttpServletRequest request, Clock clock) {
        HttpSession before = request.getSession(false);
        if (before != null) {
            before.invalidate();
        }
        HttpSession session = request.getSession(true);
        session.setAttribute(OLDEST_SESSION, clock.instant());
        return session;
    }

    /** Nobody is let in by name and password; the framework would otherwise make up an account of its own. */
    @Bean
    AuthenticationManager noPasswords() {
        return authentication -> {
            throw new BadCredentialsException("officers come in by token");
        };
    }

    @Bean
    @Order(1)
    SecurityFilterChain machines(HttpSecurity http, Services services, ProblemAnswers problems) {
        return http.securityMatcher("/api/**", "/metrics")
                .csrf(AbstractHttpConfigurer::disable) // No cookie is read here, so none can be misused.
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .headers(headers -> headers.contentSecurityPolicy(
                                policy -> policy.policyDirectives("default-src 'none'; frame-ancestors 'none'"))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
                .addFilterBefore(new BearerToken(services.known().officers()), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers("/api/openapi.yaml")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .exceptionHandling(handling -> handling.authenticationEntryPoint((request, response, refused) -> {
                    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
                    problems.write(HttpStatus.UNAUTHORIZED, Problem.of("api.token-missing"), request, response);
                }))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain people(HttpSecurity http, Services services, ProblemAnswers problems) {
        return http.csrf(csrf -> csrf.csrfTokenRepository(forms(services)))
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .addFilterBefore(new WorkingDay(services.clock()), SecurityContextHolderFilter.class)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers("/health", "/sign-in", "/look/**")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .headers(headers -> headers.contentSecurityPolicy(
                                policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                        .crossOriginOpenerPolicy(policy -> policy.policy(
                                org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter
                                        .CrossOriginOpenerPolicy.SAME_ORIGIN)))
                .logout(logout -> logout.logoutUrl("/sign-out").logoutSuccessUrl("/sign-in"))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/sign-in"))
                                .accessDeniedHandler((request, response, refused) -> problems.write(
                                        HttpStatus.FORBIDDEN, Problem.of("api.form-stale"), request, response)))
                .build();
    }

    private static CookieCsrfTokenRepository forms(Services services) {
        CookieCsrfTokenRepository forms = new CookieCsrfTokenRepository();
        forms.setCookieName(
                "__Host-form-" + services.known().parties().own().party().text());
        forms.setCookieCustomizer(
                cookie -> cookie.path("/").secure(true).httpOnly(true).sameSite("Strict"));
        return forms;
    }

    /** Reads {@code Authorization: Bearer …}; a wrong token is as good as none. */
    private static final class BearerToken extends OncePerRequestFilter {
        private static final String SCHEME = "Bearer ";
        private static final int TOKEN_LENGTH_MAX = 128;

        private final Officers officers;

        private BearerToken(Officers officers) {
            this.officers = officers;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            String header = request.getHeader(HttpHeaders.AUTHORIZATION);
            if (header != null && header.startsWith(SCHEME) && header.length() <= SCHEME.length() + TOKEN_LENGTH_MAX) {
                Optional<Officer> officer = officers.ofToken(header.substring(SCHEME.length()));
                if (officer.isPresent()) {
                    SecurityContext context = SecurityContextHolder.createEmptyContext();
                    context.setAuthentication(authentication(officer.get()));
                    SecurityContextHolder.setContext(context);
                }
            }
            chain.doFilter(request, response);
        }
    }

    /** Ends a session after a working day, however busy it was. */
    private static final class WorkingDay extends OncePerRequestFilter {
        private final Clock clock;

        private WorkingDay(Clock clock) {
            this.clock = clock;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            HttpSession session = request.getSession(false);
            if (session != null
                    && !(session.getAttribute(OLDEST_SESSION) instanceof Instant begun
                            && clock.instant().isBefore(begun.plus(SESSION_WHOLE)))) {
                session.invalidate();
            }
            chain.doFilter(request, response);
        }
    }
}
