package parley.prompts.plan.model;

import org.jspecify.annotations.Nullable;

import parley.tools.Bilingual;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Executors;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// Makes the HTTP client of one exchange: HTTP/1.1, no redirects, the proxy and the certificates of
/// the settings.
///
/// Version 1.1 because the client's upgrade attempt in the clear makes common servers drop the
/// body; no redirects because the key would travel with them.
final class Transport {
    private final ModelSettings settings;
    private Optional<SSLContext> trust = Optional.empty();

    Transport(ModelSettings settings) {
        this.settings = settings;
    }

    /// @throws BadCertificates when the private certificates cannot be read
    HttpClient client() throws BadCertificates {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(settings.limits().connect())
                        .proxy(settings.proxy().selector())
                        .executor(Executors.newVirtualThreadPerTaskExecutor());
        if (settings.caCertificate().isPresent()) {
            builder.sslContext(trusting(settings.caCertificate().get()));
        }
        return builder.build();
    }

    private synchronized SSLContext trusting(Path file) throws BadCertificates {
        if (trust.isEmpty()) {
            try {
                trust = Optional.of(context(certificates(file)));
            } catch (IOException | GeneralSecurityException unusable) {
                throw new BadCertificates(file, unusable);
            }
        }
        return trust.get();
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new GeneralSecurityException("no certificate in it");
            }
            return found;
        }
    }

    private static SSLContext context(Collection<? extends Certificate> more)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : usual()) {
            store.setCertificateEntry("usual-" + number++, certificate);
        }
        for (Certificate certificate : more) {
            store.setCertificateEntry("private-" + number++, certificate);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory(store).getTrustManagers(), null);
        return context;
    }

    private static Collection<? extends Certificate> usual() throws GeneralSecurityException {
        return Arrays.stream(factory(null).getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .flatMap(
                        manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                .toList();
    }

    private static TrustManagerFactory factory(@Nullable KeyStore store)
            throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    /// The file of private certificates cannot be used.
    static final class BadCertificates extends Exception {
        private final transient Bilingual why;

        BadCertificates(Path file, Exception cause) {
            super(cause);
            String detail = String.valueOf(cause.getMessage());
            this.why =
                    Bilingual.of(
                            "the certificates for the model endpoint cannot be read from {0} ({1});"
                                    + " name a readable PEM file in the settings",
                            "无法从 {0} 读取模型服务的证书（{1}）；请在设置中指定可读的 PEM 文件", file, detail);
        }

        Bilingual why() {
            return why;
        }
    }
}
