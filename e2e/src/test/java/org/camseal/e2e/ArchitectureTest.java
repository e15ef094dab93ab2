package org.camseal.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The house rules that compiled classes can be held to; ARCHITECTURE.md draws what these say. */
class ArchitectureTest {
    /** What each room may use; along the journey, never back. */
    private static final Map<String, List<String>> ALLOWED = Map.ofEntries(
            Map.entry("media", List.of()),
            Map.entry("manifest", List.of("media")),
            Map.entry("seal", List.of("media", "manifest")),
            Map.entry("signing", List.of("media")),
            Map.entry("identity", List.of()),
            Map.entry("acme", List.of("identity")),
            Map.entry("streaming", List.of("media")),
            Map.entry("ffmpeg", List.of("media")),
            Map.entry("web", List.of()),
            Map.entry("onvif", List.of("identity", "streaming", "web")),
            Map.entry("authority", List.of("identity", "web")),
            Map.entry("factory", List.of("identity", "web")),
            Map.entry("bench", List.of("media", "manifest", "seal", "signing", "streaming")),
            Map.entry(
                    "camera",
                    List.of("media", "manifest", "seal", "signing", "identity", "streaming", "ffmpeg", "web")),
            Map.entry("recorder", List.of("media", "manifest", "identity", "streaming", "web")),
            Map.entry(
                    "viewer",
                    List.of("media", "manifest", "seal", "identity", "streaming", "ffmpeg", "web", "recorder")));

    private static JavaClasses house = new ClassFileImporter().importClasses();

    @BeforeAll
    static void readTheHouse() {
        house = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.camseal");
    }

    @TestFactory
    List<DynamicTest> everyRoomUsesOnlyWhatItMay() {
        return ALLOWED.entrySet().stream()
                .map(room -> DynamicTest.dynamicTest(room.getKey(), () -> {
                    assertSeen(room.getKey());
                    String[] forbidden = ALLOWED.keySet().stream()
                            .filter(other -> !other.equals(room.getKey())
                                    && !room.getValue().contains(other))
                            .map(other -> "org.camseal." + other + "..")
                            .toArray(String[]::new);
                    noClasses()
                            .that()
                            .resideInAPackage("org.camseal." + room.getKey() + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(forbidden)
                            .check(house);
                }))
                .toList();
    }

    @Test
    void theRecorderReachesNoContentKey() {
        Set<JavaClass> reached = reachedFrom("org.camseal.recorder");
        assertThat(reached).as("what the recorder reaches at all").hasSizeGreaterThan(50);
        assertThat(reached)
                .as("classes of the cipher that the recorder reaches")
                .noneMatch(type -> type.getPackageName().startsWith("org.camseal.seal"));
        assertThat(reachedFrom("org.camseal.viewer"))
                .as("positive control: the viewer does reach the cipher")
                .anyMatch(type -> type.getPackageName().startsWith("org.camseal.seal"));
    }

    @Test
    void theViewerReachesNoRecorderButOverTheNetwork() {
        noClasses()
                .that()
                .resideInAPackage("org.camseal.viewer..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.camseal.recorder.Recorder")
                .because("it knows the records of the recorder's interface, and asks for them")
                .check(house);
    }

    @Test
    void clearVideoCannotReachTheNetwork() {
        assertThat(house.contain("org.camseal.camera.SealedPublisher")).isTrue();
        noClasses()
                .that()
                .resideInAPackage("org.camseal.camera..")
                .and()
                .doNotHaveSimpleName("SealedPublisher")
                .should()
                .callMethodWhere(new DescribedPredicate<>("publishes to a live stream") {
                    @Override
                    public boolean test(com.tngtech.archunit.core.domain.JavaMethodCall call) {
                        return call.getTargetOwner().getSimpleName().equals("LiveStream")
                                && call.getName().equals("publish");
                    }
                })
                .because("only SealedPublisher sends, and it takes nothing but SealedUnit")
                .check(house);
    }

    @Test
    void onlyOneRoomLoadsNativeLibraries() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.camseal.ffmpeg..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bytedeco..")
                .check(house);
    }

    @Test
    void roomsAndPackagesFormNoCircle() {
        slices().matching("org.camseal.(*)..").should().beFreeOfCycles().check(house);
        slices().matching("org.camseal.(**)").should().beFreeOfCycles().check(house);
    }

    @Test
    void namesSaySomething() {
        classes()
                .should()
                // KeyManager and TrustManager are what JSSE calls them.
                .haveNameNotMatching(".*(Util|Utils|Helper|Helpers|(?<!Key|Trust)Manager|Common|Impl)")
                .check(house);
    }

    private static void assertSeen(String room) {
        assertThat(house.stream().filter(type -> type.getPackageName().startsWith("org.camseal." + room)))
                .as("classes seen in " + room)
                .hasSizeGreaterThan(1);
    }

    /** Every class that classes of a package use, and those use, and so on. */
    private static Set<JavaClass> reachedFrom(String packageName) {
        Set<JavaClass> reached = new HashSet<>();
        List<JavaClass> next = house.stream()
                .filter(type -> type.getPackageName().startsWith(packageName))
                .toList();
        while (!next.isEmpty()) {
            reached.addAll(next);
            next = next.stream()
                    .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                    .map(dependency -> dependency.getTargetClass())
                    .filter(type -> type.getPackageName().startsWith("org.camseal") && !reached.contains(type))
                    .distinct()
                    .toList();
        }
        return reached;
    }
}
