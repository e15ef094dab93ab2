package org.camseal.authority.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.EnrolmentAnswer;
import org.camseal.authority.EnrolmentRequest;
import org.camseal.authority.log.LogEntry;
import org.camseal.authority.register.AuditLog;
import org.camseal.authority.register.InstanceLock;
import org.camseal.authority.register.Ledger;
import org.camseal.authority.register.Register;
import org.camseal.authority.register.RegisterAddress;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.KeyDigest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the register promises by itself: constraints, the audit chain, leaves, one instance, versions. */
class RegisterTest {
    @TempDir
    private Path directory;

    private static void execute(RegisterAddress at, String sql) throws Exception {
        try (var connection = at.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE, UPDATE audit SET detail = 'nothing happened' WHERE seq = 2, entry 2 was altered",
        "SQLITE, DELETE FROM audit WHERE seq = 2, entry 2 is missing",
        "SQLITE, DELETE FROM audit WHERE seq = 3, 'it ends with entry 2, but 3 were written'",
        "SQLITE, 'UPDATE audit SET at = at + 1 WHERE seq = 1', entry 1 was altered",
        "POSTGRESQL, UPDATE audit SET detail = 'nothing happened' WHERE seq = 2, entry 2 was altered",
        "POSTGRESQL, DELETE FROM audit WHERE seq = 2, entry 2 is missing",
        "POSTGRESQL, DELETE FROM audit WHERE seq = 3, 'it ends with entry 2, but 3 were written'"
    })
    void whoeverAltersTheAuditLogIsFoundOut(Databases database, String sql, String found) throws Exception {
        RegisterAddress at = database.fresh(directory);
        try (Factory factory = new Factory(directory, at)) {
            RegistrationAuthority authority = factory.authority();
            for (int i = 0; i < 3; i++) {
                authority.refused(factory.line, "test", "number " + i);
            }
            AuditLog.End end = factory.register.audit().check(Optional.empty());
            assertThat(end.entries()).isEqualTo(3);
            assertThat(AuditLog.End.parse(end.toString())).isEqualTo(end);
            execute(at, sql);
            assertThatThrownBy(() -> factory.register.audit().check(Optional.empty()))
                    .isInstanceOf(AuthorityException.Damaged.class)
                    .hasMessageContaining(found);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aChainThatWasMadeAnewDoesNotGoThroughTheNotedEnd(Databases database) throws Exception {
        try (Factory one = new Factory(directory.resolve("one"), database.fresh(directory));
                Factory other = new Factory(directory.resolve("other"), database.fresh(directory))) {
            one.authority().refused(one.line, "test", "what happened");
            other.authority().refused(other.line, "test", "what is told");
            AuditLog.End noted = one.register.audit().check(Optional.empty());
            assertThat(one.register.audit().check(Optional.of(noted))).isEqualTo(noted);
            assertThatThrownBy(() -> other.register.audit().check(Optional.of(noted)))
                    .isInstanceOf(AuthorityException.Damaged.class)
                    .hasMessageContaining("made anew");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theDatabaseItselfRefusesASecondCertificate(Databases database) throws Exception {
        RegisterAddress at = database.fresh(directory);
        try (Factory factory = new Factory(directory, at)) {
            factory.add(factory.order("PO-1", 10));
            RegistrationAuthority authority = factory.authority();
            EnrolmentRequest first = factory.wish("CS-0001");
            authority.enrol(factory.line, first);
            EnrolmentRequest second = factory.wish("CS-0001");
            Optional<?> intent = factory.register.write(ledger -> ledger.intend(
                    second.subject(),
                    CertificateProfile.DEVICE_TLS,
                    second.request().publicKey().getEncoded(),
                    new Ledger.Wish(
                            KeyDigest.of(second.request().publicKey()),
                            java.math.BigInteger.TWO,
                            1,
                            "whoever",
                            Optional.empty())));
            assertThat(intent).isEmpty();
            String columns =
                    "id, serial, profile, maker, model, key_digest, number, issuer, requester, intent_at, state";
            assertThatThrownBy(() -> execute(
                            at,
                            "INSERT INTO certificates (" + columns
                                    + ") SELECT id + 1, serial, profile, maker, model, number, key_digest, issuer, requester,"
                                    + " intent_at, 0 FROM certificates"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContainingAll("serial");
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneProcessAnswersAtATimeAndTheRegisterOpensAgain(Databases database) throws Exception {
        RegisterAddress at = database.fresh(directory);
        EnrolmentAnswer given;
        try (Factory factory = new Factory(directory, at);
                InstanceLock lock = InstanceLock.take(at)) {
            assertThatThrownBy(() -> InstanceLock.take(at))
                    .isInstanceOf(AuthorityException.Store.class)
                    .hasMessageContaining("one at a time");
            factory.add(factory.order("PO-1", 10));
            given = factory.authority().enrol(factory.line, factory.wish("CS-0001"));
            assertThat(lock).isNotNull();
        }
        try (Register again = Register.open(at, java.time.InstantSource.system());
                InstanceLock lock = InstanceLock.take(at)) {
            assertThat(again.totals().issued()).isEqualTo(1);
            assertThat(again.leaves().leaves(0, 5))
                    .singleElement()
                    .satisfies(leaf -> assertThat(leaf)
                            .isEqualTo(LogEntry.issued(CertificateProfile.DEVICE_TLS, "CS-0001", Factory.issued(given))
                                    .bytes()));
            assertThat(lock).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRegisterOfALaterVersionIsNotTouched(Databases database) throws Exception {
        RegisterAddress at = database.fresh(directory);
        Register.open(at, java.time.InstantSource.system()).close();
        execute(at, "INSERT INTO camseal_schema (version) VALUES (99)");
        assertThatThrownBy(() -> Register.open(at, java.time.InstantSource.system()))
                .isInstanceOf(AuthorityException.Store.class)
                .hasMessageContaining("schema version 99");
    }
}
