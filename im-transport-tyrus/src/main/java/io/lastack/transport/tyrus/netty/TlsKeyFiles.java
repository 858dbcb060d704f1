package io.lastack.transport.tyrus.netty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collections;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;

/**
 * Reads keys and certificates, and makes sure that they belong together: a pair of which one file has been renewed and the
 * other not yet would otherwise be taken, and fail every handshake.
 */
final class TlsKeyFiles {

    private static final Pattern PEM_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private static final byte[] PROBE = "do they belong together".getBytes(StandardCharsets.US_ASCII);

    private TlsKeyFiles() {}

    /** A key store in memory, and the password of it and its keys. */
    @SuppressWarnings("ArrayRecordComponent")
    record Keys(KeyStore store, char[] password) {}

    static Keys pem(Path certificates, Path key) throws IOException, GeneralSecurityException {
        Certificate[] chain;
        try (var in = Files.newInputStream(certificates)) {
            chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
        }
        if (chain.length == 0) {
            throw new GeneralSecurityException(certificates + " holds no certificate");
        }
        char[] password = new char[0];
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, password);
        store.setKeyEntry("server", privateKey(key, chain[0].getPublicKey()), password, chain);
        return new Keys(store, password);
    }

    private static PrivateKey privateKey(Path file, PublicKey publicKey) throws IOException, GeneralSecurityException {
        Matcher pem = PEM_KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw new GeneralSecurityException(file
                    + " holds no private key of the form -----BEGIN PRIVATE KEY----- (PKCS#8, without a password)");
        }
        byte[] der = Base64.getMimeDecoder().decode(pem.group(1));
        return KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    static Keys keyStore(Path file, char[] password) throws IOException, GeneralSecurityException {
        return new Keys(KeyStore.getInstance(file.toFile(), password), password);
    }

    static KeyManagerFactory keyManagers(Keys keys) throws GeneralSecurityException {
        boolean any = false;
        for (String alias : Collections.list(keys.store().aliases())) {
            if (keys.store().isKeyEntry(alias)
                    && keys.store().getKey(alias, keys.password()) instanceof PrivateKey key) {
                requirePair(key, keys.store().getCertificate(alias).getPublicKey());
                any = true;
            }
        }
        if (!any) {
            throw new GeneralSecurityException("the key store holds no private key");
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys.store(), keys.password());
        return factory;
    }

    private static void requirePair(PrivateKey privateKey, PublicKey publicKey) throws GeneralSecurityException {
        String algorithm = switch (privateKey.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "RSASSA-PSS" -> throw new GeneralSecurityException("keys for RSASSA-PSS only are not supported");
            default -> privateKey.getAlgorithm();
        };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(privateKey);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(PROBE);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("the private key is not that of the certificate");
        }
    }
}
