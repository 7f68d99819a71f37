package io.lexstream.ops;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows of docs/architecture.md: imports run one way, and in no circle. */
class ArrowsTest {
    private static final JavaClasses LEXSTREAM = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.lexstream");

    @Test
    void importsRunOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("schemas")
                .definedBy("io.lexstream.schemas..")
                .layer("model")
                .definedBy("io.lexstream.model..")
                .layer("onnx")
                .definedBy("io.lexstream.onnx..")
                .layer("summary")
                .definedBy("io.lexstream.summary..")
                .layer("language")
                .definedBy("io.lexstream.language..")
                .layer("runtime")
                .definedBy("io.lexstream.runtime..")
                .layer("generation")
                .definedBy("io.lexstream.generation..")
                .layer("inference")
                .definedBy("io.lexstream.inference..")
                .layer("feedback")
                .definedBy("io.lexstream.feedback..")
                .layer("events")
                .definedBy("io.lexstream.events..")
                .layer("pipeline")
                .definedBy("io.lexstream.pipeline..")
                .layer("settings")
                .definedBy("io.lexstream.settings..")
                .layer("processors")
                .definedBy("io.lexstream.processors..")
                .layer("trainer")
                .definedBy("io.lexstream.trainer..")
                .layer("ops")
                .definedBy("io.lexstream.ops..")
                .whereLayer("ops")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("processors")
                .mayOnlyBeAccessedByLayers("ops")
                .whereLayer("trainer")
                .mayOnlyBeAccessedByLayers("ops")
                .whereLayer("settings")
                .mayOnlyBeAccessedByLayers("processors", "trainer", "ops")
                .whereLayer("events")
                .mayOnlyBeAccessedByLayers("settings", "processors", "trainer", "ops")
                .whereLayer("pipeline")
                .mayOnlyBeAccessedByLayers("processors", "ops")
                .whereLayer("inference")
                .mayOnlyBeAccessedByLayers("pipeline", "settings", "processors", "trainer", "ops")
                .whereLayer("feedback")
                .mayOnlyBeAccessedByLayers("processors", "ops")
                .whereLayer("summary")
                .mayOnlyBeAccessedByLayers("feedback", "inference", "processors", "trainer", "ops")
                .whereLayer("language")
                .mayOnlyBeAccessedByLayers("summary", "inference", "pipeline", "processors", "trainer", "ops")
                .whereLayer("generation")
                .mayOnlyBeAccessedByLayers("inference", "trainer", "ops")
                .whereLayer("runtime")
                .mayOnlyBeAccessedByLayers("generation", "inference", "pipeline", "processors", "trainer", "ops")
                .whereLayer("onnx")
                .mayOnlyBeAccessedByLayers("runtime", "generation", "inference", "trainer", "ops")
                .whereLayer("model")
                .mayOnlyBeAccessedByLayers(
                        "runtime", "generation", "inference", "pipeline", "settings", "processors", "trainer", "ops")
                .check(LEXSTREAM);
    }

    @Test
    void packagesFormNoCircle() {
        slices().matching("io.lexstream.(**)").should().beFreeOfCycles().check(LEXSTREAM);
    }
}
