package io.lastack.transport.tyrus.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key and a certificate for localhost, made for one test. */
public final class TestKeys {

    private static final char[] PASSWORD = "only for this test".toCharArray();

    private final KeyStore keys;
    private final Path file;

    private TestKeys(KeyStore keys, Path file) {
        this.keys = keys;
        this.file = file;
    }

    public static TestKeys create(Path folder) throws Exception {
        var file = folder.resolve("keys.p12");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return new TestKeys(keys, file);
    }

    public Path keyStore() {
        return file;
    }

    public static char[] password() {
        return PASSWORD.clone();
    }

    public KeyManagerFactory keyManagers() throws Exception {
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        return factory;
    }

    /** What a client needs to trust the certificate. */
    public SSLContext clientContext() throws Exception {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    public Path certificateIn(Path folder) throws Exception {
        var der = keys.getCertificate("server").getEncoded();
        return Files.writeString(folder.resolve("chain.pem"), pem("CERTIFICATE", der));
    }

    public Path keyIn(Path folder) throws Exception {
        var der = keys.getKey("server", PASSWORD).getEncoded();
        return Files.writeString(folder.resolve("key.pem"), pem("PRIVATE KEY", der));
    }

    private static String pem(String kind, byte[] der) {
        var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }
}
