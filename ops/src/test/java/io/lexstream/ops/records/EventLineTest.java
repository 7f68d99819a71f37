package io.lexstream.ops.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexstream.schemas.LabelKind;
import io.lexstream.schemas.TextEvent;
import io.lexstream.schemas.TextLabel;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class EventLineTest {
    private static final Instant NOW = Instant.parse("2025-01-31T12:00:00Z");

    private final EventLine lines = new EventLine(Clock.fixed(NOW, ZoneOffset.UTC), () -> "new-id");

    @Test
    void aPlainLineIsTheText() {
        OutgoingEvent outgoing = lines.event("It {broke} \"again\".");

        assertThat(outgoing.key()).isEmpty();
        assertThat(outgoing.event().getText()).isEqualTo("It {broke} \"again\".");
        assertThat(outgoing.event().getId()).isEqualTo("new-id");
        assertThat(outgoing.event().getEventTime()).isEqualTo(NOW);
    }

    @Test
    void anObjectSetsTheFieldsAndTheKey() {
        OutgoingEvent outgoing = lines.event("""
                {"key":"kettle","id":"e1","text":"Good","language":"en","eventTime":"2024-05-01T00:00:00Z"}""");

        TextEvent event = outgoing.event();
        assertThat(outgoing.key()).contains("kettle");
        assertThat(event.getId()).isEqualTo("e1");
        assertThat(event.getLanguage()).isEqualTo("en");
        assertThat(event.getEventTime()).isEqualTo(Instant.parse("2024-05-01T00:00:00Z"));
    }

    @Test
    void whatElseAnObjectHoldsTravelsAsAttributes() {
        TextEvent event = lines.event("""
                        {"text":"Good","stars":5,"attributes":{"shop":"north"}}""").event();

        assertThat(event.getAttributes()).containsEntry("stars", "5").containsEntry("shop", "north");
    }

    @Test
    void anObjectWithoutATextIsRefused() {
        assertThatThrownBy(() -> lines.event("{\"id\":\"e1\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TextEvent needs a \"text\"");
    }

    @Test
    void aCorrectionIsATextAndWhatIsRightForItWhereTheTaskIsKnown() {
        EventLine corrections = lines.labelling("translation");

        TextLabel columns = corrections.label("Der Kessel ist undicht.\tThe kettle leaks.");
        TextLabel object = corrections.label("{\"eventId\":\"e1\",\"value\":\"The kettle leaks.\"}");

        assertThat(columns.getTask()).isEqualTo("translation");
        assertThat(columns.getEventId()).isEmpty();
        assertThat(columns.getText()).isEqualTo("Der Kessel ist undicht.");
        assertThat(columns.getValue()).isEqualTo("The kettle leaks.");
        assertThat(object.getTask()).isEqualTo("translation");
        assertThat(object.getEventId()).isEqualTo("e1");
        assertThat(object.getValue()).isEqualTo("The kettle leaks.");
    }

    @Test
    void aCorrectionWithoutWhatIsRightIsRefused() {
        EventLine corrections = lines.labelling("translation");

        assertThatThrownBy(() -> corrections.label("Der Kessel ist undicht."))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a tab")
                .hasMessageNotContaining("Kessel");
        assertThatThrownBy(() -> corrections.label("{\"value\":\"The kettle leaks.\"}"))
                .hasMessage("TextLabel needs a \"eventId\"");
    }

    @Test
    void anErrorDoesNotRepeatTheText() {
        assertThatThrownBy(() -> lines.event("{\"text\":\"my secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not JSON")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> lines.event("{\"text\":[\"my secret\"]}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void aLabelIsReadWithItsKind() {
        var label = lines.label("{\"eventId\":\"e1\",\"task\":\"sentiment\",\"kind\":\"STAR_RATING\",\"stars\":2}");

        assertThat(label.getKind()).isEqualTo(LabelKind.STAR_RATING);
        assertThat(label.getStars()).isEqualTo(2);
        assertThat(label.getCreatedAt()).isEqualTo(NOW);
    }

    @Test
    void aLabelWithAnUnknownFieldIsRefused() {
        assertThatThrownBy(() -> lines.label("{\"eventId\":\"e1\",\"task\":\"sentiment\",\"valu\":\"negative\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no field \"valu\"");
    }
}
