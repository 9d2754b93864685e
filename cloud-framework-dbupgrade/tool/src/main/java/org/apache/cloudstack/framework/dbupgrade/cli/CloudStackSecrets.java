package org.apache.cloudstack.framework.dbupgrade.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Values that CloudStack has encrypted, {@code ENC(…)}. Its key is where {@code db.cloud.encryption.type} says; {@code V1} are
 * those of jasypt, and {@code V2} AES in GCM. Where no version is given, both are tried, as CloudStack does.
 *
 * @param file the configuration, beside which the key may be
 * @param type {@code none}, {@code file}, {@code env} or {@code web}
 * @param version {@code V1}, {@code V2} or empty
 */
record CloudStackSecrets(Path file, String type, String version, Map<String, String> environment) {

    private static final String KEY_VARIABLE = "CLOUD_SECRET_KEY";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int SALT_BYTES = 8;
    private static final int ITERATIONS = 1000;

    /** One way to decrypt. */
    @FunctionalInterface
    private interface Decryption {
        byte[] plain(byte[] encrypted, String key) throws GeneralSecurityException;
    }

    /**
     * A value as it was before it was encrypted, if it was.
     *
     * @throws WrongUseException when it cannot be decrypted
     */
    String plain(String name, String value) {
        if (!value.startsWith("ENC(") || !value.endsWith(")")) {
            return value;
        }
        String key = key(name);
        try {
            byte[] encrypted = Base64.getDecoder().decode(value.substring("ENC(".length(), value.length() - 1));
            for (Decryption decryption : decryptions()) {
                Optional<String> plain = tried(decryption, encrypted, key);
                if (plain.isPresent()) {
                    return plain.get();
                }
            }
        } catch (IllegalArgumentException e) {
            throw cannot(name, "is no Base64 text");
        }
        throw cannot(name, "is encrypted with another key than that of db.cloud.encryption.type=" + type);
    }

    private String key(String name) {
        Optional<String> key =
                switch (type.toLowerCase(Locale.ROOT)) {
                    case "file" -> keyBeside();
                    case "env" -> Optional.ofNullable(environment.get(KEY_VARIABLE));
                    default -> Optional.empty();
                };
        return key.filter(text -> !text.isEmpty())
                .orElseThrow(() -> cannot(name, "is encrypted, and its key is not " + place()));
    }

    private String place() {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "file" -> "in a file that can be read, " + file.resolveSibling("key");
            case "env" -> "in " + KEY_VARIABLE;
            default -> "known here with db.cloud.encryption.type=" + type;
        };
    }

    private Optional<String> keyBeside() {
        try {
            return Files.readAllLines(file.resolveSibling("key")).stream().findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private WrongUseException cannot(String name, String reason) {
        return new WrongUseException(name + " in " + file + " " + reason
                + ". Give the password with --password-file or DBUPGRADE_PASSWORD.");
    }

    private List<Decryption> decryptions() {
        return switch (version.toUpperCase(Locale.ROOT)) {
            case "V1" -> List.of(CloudStackSecrets::ofJasypt);
            case "V2" -> List.of(CloudStackSecrets::ofAes);
            default -> List.of(CloudStackSecrets::ofAes, CloudStackSecrets::ofJasypt);
        };
    }

    private static Optional<String> tried(Decryption decryption, byte[] encrypted, String key) {
        try {
            return Optional.of(new String(decryption.plain(encrypted, key), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            // of the other version, or of another key
            return Optional.empty();
        }
    }

    private static byte[] ofAes(byte[] encrypted, String key) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        int nonce = Math.min(NONCE_BYTES, encrypted.length);
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(hash, "AES"),
                new GCMParameterSpec(TAG_BITS, encrypted, 0, nonce));
        return cipher.doFinal(encrypted, nonce, encrypted.length - nonce);
    }

    private static byte[] ofJasypt(byte[] encrypted, String key) throws GeneralSecurityException {
        ByteBuffer buffer = ByteBuffer.wrap(encrypted);
        byte[] salt = new byte[Math.min(SALT_BYTES, encrypted.length)];
        buffer.get(salt);
        Cipher cipher = Cipher.getInstance("PBEWithMD5AndDES");
        cipher.init(
                Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance("PBEWithMD5AndDES").generateSecret(new PBEKeySpec(key.toCharArray())),
                new PBEParameterSpec(salt, ITERATIONS));
        return cipher.doFinal(encrypted, salt.length, encrypted.length - salt.length);
    }
}
