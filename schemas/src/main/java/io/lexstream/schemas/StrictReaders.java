package io.lexstream.schemas;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.Decoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.util.Utf8;

/** Avro readers that refuse text which is not UTF-8, where Avro's own quietly replace it. */
final class StrictReaders {
    private static final char REPLACEMENT = '\uFFFD';

    private StrictReaders() {}

    /** Reads what {@code writer} wrote as instances of {@code type}. */
    static DatumReader<IndexedRecord> specific(Schema writer, Class<?> type) {
        SpecificData model = SpecificData.getForClass(type);
        SpecificData data = new SpecificData(type.getClassLoader());
        model.getConversions().forEach(data::addLogicalTypeConversion);
        // Avro's fast readers would pass by readString.
        data.setFastReaderEnabled(false);
        return new SpecificDatumReader<>(writer, model.getSchema(type), data) {
            @Override
            protected Object readString(Object old, Schema expected, Decoder in) throws IOException {
                return text(expected, in);
            }
        };
    }

    /** Reads what {@code writer} wrote as generic records. */
    static DatumReader<IndexedRecord> generic(Schema writer) {
        GenericData data = new GenericData();
        data.setFastReaderEnabled(false);
        return new GenericDatumReader<>(writer, writer, data) {
            @Override
            protected Object readString(Object old, Schema expected, Decoder in) throws IOException {
                return text(expected, in);
            }
        };
    }

    private static CharSequence text(Schema expected, Decoder in) throws IOException {
        Utf8 text = in.readString(null);
        if (text.toString().indexOf(REPLACEMENT) >= 0) {
            // The text itself may hold U+FFFD; only a strict decoder tells.
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text.getBytes(), 0, text.getByteLength()));
        }
        boolean wantsString = GenericData.StringType.String.name().equals(expected.getProp(GenericData.STRING_PROP));
        return wantsString ? text.toString() : text;
    }
}
