package org.entente.node.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.entente.node.officer.Officer;
import org.entente.node.officer.Officers;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
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
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Who may enter by which door: machines and the command line with a bearer token at {@code /api}, people with a
 * session at the console, monitors without a name at {@code /health} alone. Whatever is not named here is shut.
 */
@Configuration(proxyBeanMethods = false)
class Doors {
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
                    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** What Spring Security is told of an officer: the officer, and the role as an authority. */
    static Authentication authentication(Officer officer) {
        return UsernamePasswordAuthenticationToken.authenticated(
                officer,
                null,
                List.of(new SimpleGrantedAuthority("ROLE_" + officer.role().name())));
    }

    @Bean
    @Order(1)
    SecurityFilterChain machines(HttpSecurity http, Officers officers) throws Exception {
        return http.securityMatcher("/api/**", "/metrics/**")
                .csrf(AbstractHttpConfigurer::disable) // No cookie is read here, so none can be misused.
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(new BearerToken(officers), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests.requestMatchers("/api/openapi.yaml")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .exceptionHandling(problems ->
                        problems.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED)))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain people(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(EndpointRequest.to("health"))
                        .permitAll()
                        .requestMatchers("/sign-in", "/look/**", "/webjars/**")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .headers(headers -> headers.contentSecurityPolicy(
                        policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY)))
                .logout(logout -> logout.logoutUrl("/sign-out").logoutSuccessUrl("/sign-in"))
                .exceptionHandling(problems ->
                        problems.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/sign-in")))
                .build();
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
            if (header != null
                    && header.startsWith(SCHEME)
                    && header.length() <= SCHEME.length() + TOKEN_LENGTH_MAX) {
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
}
