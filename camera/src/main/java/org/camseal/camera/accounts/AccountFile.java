package org.camseal.camera.accounts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camseal.camera.CameraException;
import org.camseal.identity.DurableFile;
import org.camseal.identity.IdentityException;
import org.camseal.streaming.rtsp.DigestSecret;
import org.camseal.web.Json;
import org.camseal.web.WebException;

/** The file of accounts: read whole and checked, written whole. */
record AccountFile(Path file) {
    private static final int MAX_BYTES = 256 * 1024;

    StoredAccounts read() throws CameraException.Store {
        try {
            Optional<byte[]> bytes = DurableFile.read(file, MAX_BYTES);
            if (bytes.isEmpty()) {
                return StoredAccounts.NONE;
            }
            if (Files.exists(file)) {
                DurableFile.requireOwnerOnly(file, "600");
            }
            StoredAccounts read = Json.read(bytes.get(), StoredAccounts.class);
            requireSound(read);
            return read;
        } catch (IdentityException e) {
            throw new CameraException.Store(String.valueOf(e.getMessage()), e);
        } catch (WebException.Refused | RuntimeException e) {
            // What an exception quotes could be a secret.
            throw new CameraException.Store(file + " is damaged and nobody is let in by it: put a good copy in its"
                    + " place, or remove it and set the first password anew");
        }
    }

    private void requireSound(StoredAccounts read) {
        Set<String> names = new HashSet<>();
        boolean administrator = false;
        for (StoredAccounts.Stored one : read.accounts()) {
            Account account = one.account();
            PasswordVerifier.parse(one.verifier());
            if (one.sha256() != null) {
                DigestSecret.ofHex(one.sha256());
            }
            if (one.md5() != null) {
                DigestSecret.ofHex(one.md5());
            }
            administrator |= account.role() == AccountRole.ADMINISTRATOR;
            if (!names.add(account.name()) || account.generation() >= read.nextGeneration()) {
                throw new IllegalArgumentException("twice the same name, or a generation to come");
            }
        }
        if (read.version() != StoredAccounts.VERSION || !administrator) {
            // An empty list would make the camera a new one, whose first visitor is its master.
            throw new IllegalArgumentException("another version, or no administrator");
        }
    }

    StoredAccounts write(StoredAccounts accounts) throws CameraException.Store {
        try {
            DurableFile.write(file, Json.write(accounts), DurableFile.Readers.OWNER);
            return accounts;
        } catch (IdentityException e) {
            throw new CameraException.Store(String.valueOf(e.getMessage()), e);
        }
    }

    /** With one more account, or another in place of that of its name. */
    static StoredAccounts with(StoredAccounts before, StoredAccounts.Stored changed) {
        List<StoredAccounts.Stored> accounts = new ArrayList<>();
        boolean replaced = false;
        for (StoredAccounts.Stored one : before.accounts()) {
            boolean same = one.name().equals(changed.name());
            replaced |= same;
            accounts.add(same ? changed : one);
        }
        if (!replaced) {
            accounts.add(changed);
        }
        return new StoredAccounts(
                StoredAccounts.VERSION, Math.max(before.nextGeneration(), changed.generation() + 1), accounts);
    }

    static StoredAccounts without(StoredAccounts before, StoredAccounts.Stored removed) {
        return new StoredAccounts(
                StoredAccounts.VERSION,
                before.nextGeneration(),
                before.accounts().stream()
                        .filter(one -> !one.name().equals(removed.name()))
                        .toList());
    }
}
