package io.lastack.transport.tyrus.netty;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate and key of a server, TLS 1.2 and 1.3 only, and where to read them again. Connections that are open keep
 * what they began with. Safe for use by several threads.
 */
public final class TlsContext {

    private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final List<Path> files;
    private final Source source;

    /* Guarded by this. */
    private List<String> stamps;

    private volatile SslContext current;

    private TlsContext(List<Path> files, Source source) {
        this.files = files;
        this.source = source;
        this.stamps = stamps();
        try {
            this.current = load();
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "certificate and key" + place() + " cannot be used for TLS: " + e.getMessage(), e);
        }
    }

    /**
     * From PEM files.
     *
     * @param certificates the chain, the server's own certificate first
     * @param key its private key (PKCS#8), without a password
     * @throws IllegalArgumentException if they cannot be read or do not belong together
     */
    public static TlsContext ofPem(Path certificates, Path key) {
        return new TlsContext(
                List.of(certificates, key), () -> TlsKeyFiles.keyManagers(TlsKeyFiles.pem(certificates, key)));
    }

    /**
     * From a key store (PKCS#12 or JKS) whose keys have the password of the store.
     *
     * @throws IllegalArgumentException if it cannot be read or holds no key with its certificate
     */
    public static TlsContext ofKeyStore(Path file, char[] password) {
        char[] copy = password.clone();
        return new TlsContext(List.of(file), () -> TlsKeyFiles.keyManagers(TlsKeyFiles.keyStore(file, copy)));
    }

    /** From keys of anywhere, which are not read again. */
    public static TlsContext of(KeyManagerFactory keys) {
        return new TlsContext(List.of(), () -> keys);
    }

    /** What new connections begin with. */
    SslContext current() {
        return current;
    }

    /**
     * Reads the files again, for connections that begin from now on. What cannot be used is logged, and what there was
     * stays.
     *
     * @return whether what the files hold now is in use
     */
    public synchronized boolean reload() {
        stamps = stamps();
        try {
            current = load();
            LOG.info("certificate and key{} are in use for new connections", place());
            return true;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            LOG.error("certificate and key{} cannot be used; those read before stay in use: {}", place(), e.toString());
            return false;
        }
    }

    /** Reads the files again if one of them has another time of modification or size than when it was read last. */
    public synchronized void reloadIfChanged() {
        if (!stamps().equals(stamps)) {
            reload();
        }
    }

    private SslContext load() throws IOException, GeneralSecurityException {
        return SslContextBuilder.forServer(source.keys()).protocols(PROTOCOLS).build();
    }

    private List<String> stamps() {
        List<String> all = new ArrayList<>(files.size());
        for (Path file : files) {
            try {
                all.add(Files.getLastModifiedTime(file) + " " + Files.size(file));
            } catch (IOException e) {
                all.add("not readable");
            }
        }
        return all;
    }

    private String place() {
        return files.isEmpty() ? "" : " in " + files;
    }

    private interface Source {
        KeyManagerFactory keys() throws IOException, GeneralSecurityException;
    }
}
