package cn.cityapis.identity.web;

import jakarta.servlet.DispatcherType;
import cn.cityapis.identity.authentication.KeyAuthentication;
import cn.cityapis.identity.authentication.SecretAuthentication;
import cn.cityapis.identity.citizens.CitizenGrantConverter;
import cn.cityapis.identity.citizens.CitizenGrantProvider;
import cn.cityapis.identity.keys.SigningKeys;
import cn.cityapis.identity.settings.IdentitySettings;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.client.JdbcRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.authentication.JwtClientAssertionAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.security.web.SecurityFilterChain;

/** Client credentials and the citizen grant, and nothing else of what the authorization server could do. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final List<String> GRANTS = List.of(AuthorizationGrantType.CLIENT_CREDENTIALS.getValue(),
            AuthorizationGrantType.TOKEN_EXCHANGE.getValue());

    private static final List<String> METHODS = List.of(ClientAuthenticationMethod.CLIENT_SECRET_BASIC.getValue(),
            ClientAuthenticationMethod.CLIENT_SECRET_POST.getValue(),
            ClientAuthenticationMethod.PRIVATE_KEY_JWT.getValue());

    @Bean
    @Order(1)
    SecurityFilterChain oauth(HttpSecurity http, CitizenGrantProvider citizens, SecretAuthentication secrets,
            JwtClientAssertionAuthenticationProvider keys, OAuthErrors errors) throws Exception {
        return http.securityMatcher("/oauth2/token", "/oauth2/jwks", "/oauth2/introspect", "/oauth2/revoke",
                "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server")
                .oauth2AuthorizationServer(server -> server
                        .clientAuthentication(client -> client.errorResponseHandler(errors)
                                .authenticationProviders(providers -> {
                                    providers.clear();
                                    providers.add(keys);
                                    providers.add(secrets);
                                }))
                        .tokenIntrospectionEndpoint(endpoint -> endpoint.errorResponseHandler(errors))
                        .tokenRevocationEndpoint(endpoint -> endpoint.errorResponseHandler(errors))
                        .authorizationServerMetadataEndpoint(endpoint -> endpoint.authorizationServerMetadataCustomizer(
                                metadata -> metadata.grantTypes(SecurityConfiguration::granted)
                                        .tokenEndpointAuthenticationMethods(SecurityConfiguration::methods)))
                        .oidc(oidc -> oidc.providerConfigurationEndpoint(endpoint -> endpoint
                                .providerConfigurationCustomizer(
                                        metadata -> metadata.grantTypes(SecurityConfiguration::granted)
                                                .tokenEndpointAuthenticationMethods(SecurityConfiguration::methods))))
                        .tokenEndpoint(endpoint -> endpoint.errorResponseHandler(errors)
                                .accessTokenRequestConverters(converters -> {
                                    converters.clear();
                                    converters.add(new OwnScopes());
                                    converters.add(new CitizenGrantConverter());
                                })
                                .authenticationProviders(providers -> {
                                    providers.removeIf(
                                            one -> !(one instanceof OAuth2ClientCredentialsAuthenticationProvider));
                                    providers.add(citizens);
                                })))
                .authorizeHttpRequests(access -> access.anyRequest().authenticated())
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(errors))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain everythingElse(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(access -> access
                .dispatcherTypeMatchers(DispatcherType.ERROR).permitAll()
                .requestMatchers("/actuator/health/**", "/actuator/prometheus").permitAll()
                .anyRequest().denyAll())
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(
                        (request, response, failure) -> response.sendError(404)))
                .build();
    }

    @Bean
    AuthorizationServerSettings authorizationServerSettings(IdentitySettings settings) {
        return AuthorizationServerSettings.builder().issuer(settings.issuer()).build();
    }

    @Bean
    RegisteredClientRepository registeredClients(JdbcOperations jdbc) {
        return new JdbcRegisteredClientRepository(jdbc);
    }

    @Bean
    JwtClientAssertionAuthenticationProvider keyAuthenticationProvider(RegisteredClientRepository clients,
            OAuth2AuthorizationService issued, KeyAuthentication keys) {
        JwtClientAssertionAuthenticationProvider provider = new JwtClientAssertionAuthenticationProvider(clients,
                issued);
        provider.setJwtDecoderFactory(keys);
        return provider;
    }

    @Bean
    OAuth2TokenGenerator<OAuth2Token> tokenGenerator(SigningKeys keys,
            OAuth2TokenCustomizer<JwtEncodingContext> claims, InstantSource time) {
        JwtGenerator generator = new JwtGenerator(new NimbusJwtEncoder(keys));
        generator.setClock(time.withZone(ZoneOffset.UTC));
        generator.setJwtCustomizer(claims);
        return generator::generate;
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    private static void methods(List<String> methods) {
        methods.clear();
        methods.addAll(METHODS);
    }

    private static void granted(List<String> grants) {
        grants.clear();
        grants.addAll(GRANTS);
    }
}
