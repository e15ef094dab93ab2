package org.camseal.cli.authority;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.camseal.authority.service.AuthorityService;
import org.camseal.cli.Said;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators do at the command line, beside an authority that runs; each refusal with its exit code and what is allowed. */
class AuthorityCommandsTest {
    @TempDir
    private static Path directory;

    private static AuthorityHouse house;
    private static AuthorityService service;

    @BeforeAll
    static void runAnAuthority() throws Exception {
        house = new AuthorityHouse(directory);
        house.init().good();
        house.staff();
        service = house.start();
        for (String serial : List.of("CS-0001", "CS-0002")) {
            house.provision(service, "work", serial).good();
        }
    }

    @AfterAll
    static void end() {
        if (service != null) {
            service.close();
        }
    }

    private static void assertRefused(Said said, int code, String because) {
        assertThat(said.code()).as(said.err()).isEqualTo(code);
        assertThat(said.err()).startsWith("camseal: error: ").contains(because);
        assertThat(said.out()).isEmpty();
    }

    private static JsonNode named(JsonNode things, String name) {
        for (JsonNode thing : things) {
            if (thing.get("id").asText().equals(name)) {
                return thing;
            }
        }
        throw new AssertionError(name + " is not in " + things);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "init",
                "run",
                "operator",
                "operator add",
                "operator dismiss",
                "operator list",
                "line",
                "line add",
                "line dismiss",
                "line list",
                "order",
                "order add",
                "order close",
                "order list",
                "dispute",
                "dispute list",
                "dispute open",
                "dispute decide",
                "revoke",
                "audit",
                "audit check",
                "audit show",
                "status",
                "log check"
            })
    void eachCommandSaysWhatItIsFor(String command) {
        List<String> words = new ArrayList<>(List.of("authority"));
        words.addAll(command.isEmpty() ? List.of() : List.of(command.split(" ", -1)));
        words.add("--help");
        Said help = Said.by(words.toArray());
        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: camseal " + ("authority " + command).strip());
        assertThat(help.out().lines().filter(line -> line.matches(" {0,6}(-.*|[A-Z]+)")))
                .as("options and parameters without a word of explanation")
                .allMatch(line -> line.strip().contains(" ") || line.contains("="));
    }

    @Test
    void twoOperatorsDecideADispute() throws Exception {
        String id = house.as("anna", "dispute", "open", "CS-0001", "--why", "new board")
                .good()
                .out()
                .strip();
        JsonNode open = named(house.tell("dispute", "list", "--json").good().json(), id);
        assertThat(open.get("serial").asText()).isEqualTo("CS-0001");
        assertThat(open.get("openedBy").asText()).isEqualTo("operator anna");
        assertThat(house.tell("dispute", "list").out())
                .contains(id + "  CS-0001")
                .contains("new board");
        assertThat(house.provision(service, "repaired", "CS-0001").code())
                .as("a disputed serial waits")
                .isEqualTo(3);
        assertRefused(house.tell("dispute", "decide", id, "rework"), 2, "--as DIR expected");
        assertThat(house.as("anna", "dispute", "decide", id, "rework").good().out())
                .contains("another operator has to say the same");
        assertRefused(house.as("anna", "dispute", "decide", id, "rework"), 2, "another operator");
        assertRefused(house.as("L1", "dispute", "decide", id, "rework"), 5, "is no operator here");
        assertThat(house.provision(service, "repaired", "CS-0001").code())
                .as("one voice releases nothing")
                .isEqualTo(3);
        assertThat(house.as("bert", "dispute", "decide", id, "rework").good().out())
                .contains(id + ": decided, rework");
        assertRefused(house.as("bert", "dispute", "decide", id, "rework"), 2, "no open dispute");
        assertThat(house.as("bert", "dispute", "decide", id, "burn").code()).isEqualTo(2);
        house.provision(service, "repaired", "CS-0001").good();
        assertRefused(house.as("anna", "dispute", "open", "CS-0099", "--why", "x"), 2, "not in the register");
    }

    @Test
    void oneOperatorRevokes() {
        assertRefused(house.tell("revoke", "CS-0002", "--reason", "superseded"), 2, "--as DIR expected");
        assertRefused(house.as("L1", "revoke", "CS-0002", "--reason", "superseded"), 5, "is no operator here");
        assertRefused(house.as("anna", "revoke", "CS-0002", "--reason", "boredom"), 2, "is no reason");
        assertRefused(house.as("anna", "revoke", "CS-0098", "--reason", "superseded"), 2, "not in the register");
        assertThat(house.as(
                                "anna",
                                "revoke",
                                "CS-0002",
                                "--reason",
                                "key-compromise",
                                "--invalid-since",
                                "2026-11-20T00:00:00Z")
                        .good()
                        .out())
                .isEqualTo("CS-0002: 2 certificates revoked\n");
        assertThat(house.provision(service, "other", "CS-0002").code())
                .as("it gets nothing new")
                .isEqualTo(5);
    }

    @Test
    void ordersAreAddedShownAndClosed() throws Exception {
        house.order("PO-2", "CT-0001..CT-0010").good();
        assertRefused(house.order("PO-2", "CT-0001..CT-0010"), 2, "PO-2");
        assertRefused(house.order("PO-3", "CT-0010..CT-0001"), 2, "CT-0010");
        JsonNode order = named(house.tell("order", "list", "--json").good().json(), "PO-2");
        assertThat(order.get("quantity").asInt()).isEqualTo(100);
        assertThat(house.tell("order", "list").good().out()).contains("PO-2  Model X  0 of 100");
        house.as("bert", "order", "close", "PO-2").good();
        assertRefused(house.as("bert", "order", "close", "PO-2"), 2, "or it is over");
        assertThat(house.provision(service, "late", "CT-0001").code()).isEqualTo(5);
    }

    @Test
    void staffComesAndGoes() throws Exception {
        Path carla = directory.resolve("carla");
        assertRefused(house.tell("operator", "add", "carla", "--identity", carla), 2, "--as DIR expected");
        house.as("anna", "operator", "add", "carla", "--identity", carla).good();
        assertRefused(house.as("anna", "operator", "add", "no name!", "--identity", carla), 2, "no name!");
        assertRefused(house.as("anna", "line", "add", "L9"), 2, "whose key?");
        house.as("carla", "line", "add", "L2", "--identity", directory.resolve("L2"))
                .good();
        assertThat(named(house.tell("line", "list", "--json").json(), "L2").has("dismissedAt"))
                .isFalse();
        house.as("carla", "line", "dismiss", "L2").good();
        assertRefused(house.as("carla", "line", "dismiss", "L2"), 2, "L2");
        assertThat(named(house.tell("line", "list", "--json").json(), "L2").has("dismissedAt"))
                .isTrue();
        house.as("anna", "operator", "dismiss", "carla").good();
        assertRefused(house.as("carla", "line", "add", "L3", "--identity", directory.resolve("L3")), 5, "taken back");
        assertThat(house.tell("operator", "list").good().out())
                .contains("anna  until ")
                .containsPattern("carla  until \\S+  dismissed ");
    }

    @Test
    void theAuditLogIsShownAndChecked() throws Exception {
        JsonNode newest =
                house.tell("audit", "show", "--last", 1000, "--json").good().json();
        assertThat(newest.get(0).get("entry").asInt()).isEqualTo(1);
        assertThat(newest.get(0).get("actor").asText()).isEqualTo("operator ceremony");
        assertThat(house.tell("audit", "show", "--last", 1).good().out().lines())
                .hasSize(1);
        String end = house.tell("audit", "check").good().out().strip();
        house.tell("audit", "check", "--noted", end).good();
        String other = end.substring(0, end.length() - 1) + (end.endsWith("0") ? "1" : "0");
        assertRefused(house.tell("audit", "check", "--noted", other), 1, "the chain was made anew");
        assertRefused(house.tell("audit", "check", "--noted", "yesterday"), 2, "is no end of an audit log");
        JsonNode status = house.tell("status", "--json").good().json();
        assertThat(status.get("issued").asInt()).isGreaterThanOrEqualTo(4);
        assertThat(house.provision(service, "stranger", "CX-0001").code()).isEqualTo(5);
        assertThat(house.tell("status", "--json")
                        .json()
                        .get("notGivenByCause")
                        .get("NOT_ORDERED")
                        .asInt())
                .as("what was refused, by cause")
                .isPositive();
        assertThat(house.tell("status").good().out()).contains("open disputes: ");
    }

    @Test
    void whereThereIsNoAuthorityThatIsSaid() throws Exception {
        Path nowhere = Files.createDirectory(directory.resolve("nowhere"));
        Said said = Said.by("authority", "status", "--home", nowhere);
        assertRefused(said, 2, "there is no authority in");
        assertThat(said.err()).contains("camseal: hint: camseal authority init makes one");
    }
}
