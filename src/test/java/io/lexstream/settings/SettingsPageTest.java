package io.lexstream.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsPageTest {
    /** Surefire runs in the module's folder. */
    private static final Path PAGE = Path.of("..", "docs", "settings.md");

    @Test
    void thePageSaysWhatTheCodeDeclares() throws IOException {
        String page = SettingsPage.render();
        if (Boolean.getBoolean("settings.page.write")) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE))
                .as("docs/settings.md is out of date; run this test with -Dsettings.page.write=true")
                .isEqualTo(page);
    }
}
