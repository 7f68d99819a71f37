package io.lexstream.ops.local;

import java.lang.reflect.InvocationTargetException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Confluent's own registry client and serializers 7.9.5; by reflection, because they are unpacked for the test run only
 * and nothing may compile against them.
 */
final class ConfluentClient {
    private static final String PACKAGE = "io.confluent.kafka.schemaregistry.";

    private final String url;
    private final Object client;

    ConfluentClient(String url) throws ReflectiveOperationException {
        this.url = url;
        this.client = Class.forName(PACKAGE + "client.CachedSchemaRegistryClient")
                .getConstructor(String.class, int.class)
                .newInstance(url, 100);
    }

    @SuppressWarnings("unchecked") // Confluent declares it so
    Serializer<Object> serializer() throws ReflectiveOperationException {
        var serializer = (Serializer<Object>) instance("io.confluent.kafka.serializers.KafkaAvroSerializer");
        serializer.configure(Map.of("schema.registry.url", url), false);
        return serializer;
    }

    @SuppressWarnings("unchecked") // Confluent declares it so
    Deserializer<Object> deserializer() throws ReflectiveOperationException {
        var deserializer = (Deserializer<Object>) instance("io.confluent.kafka.serializers.KafkaAvroDeserializer");
        deserializer.configure(Map.of("schema.registry.url", url), false);
        return deserializer;
    }

    int register(String subject, Schema schema) throws Exception {
        return (int) withSchema("register", subject, schema);
    }

    int id(String subject, Schema schema) throws Exception {
        return (int) withSchema("getId", subject, schema);
    }

    int version(String subject, Schema schema) throws Exception {
        return (int) withSchema("getVersion", subject, schema);
    }

    boolean isCompatible(String subject, Schema schema) throws Exception {
        return (boolean) withSchema("testCompatibility", subject, schema);
    }

    String schema(int id) throws Exception {
        return String.valueOf(call("getSchemaById", new Class<?>[] {int.class}, id));
    }

    String latestSchema(String subject) throws Exception {
        Object metadata = call("getLatestSchemaMetadata", new Class<?>[] {String.class}, subject);
        return (String) metadata.getClass().getMethod("getSchema").invoke(metadata);
    }

    List<?> subjects() throws Exception {
        return List.copyOf((Collection<?>) call("getAllSubjects", new Class<?>[0]));
    }

    List<?> versions(String subject) throws Exception {
        return (List<?>) call("getAllVersions", new Class<?>[] {String.class}, subject);
    }

    List<?> deleteSubject(String subject) throws Exception {
        return (List<?>) call("deleteSubject", new Class<?>[] {String.class}, subject);
    }

    String setLevel(String subject, String level) throws Exception {
        return (String) call("updateCompatibility", new Class<?>[] {String.class, String.class}, subject, level);
    }

    String level(String subject) throws Exception {
        return (String) call("getCompatibility", new Class<?>[] {String.class}, subject);
    }

    private Object withSchema(String method, String subject, Schema schema) throws Exception {
        Object avro = Class.forName(PACKAGE + "avro.AvroSchema")
                .getConstructor(Schema.class)
                .newInstance(schema);
        Class<?>[] types = {String.class, Class.forName(PACKAGE + "ParsedSchema")};
        return call(method, types, subject, avro);
    }

    private Object call(String method, Class<?>[] types, Object... arguments) throws Exception {
        try {
            return client.getClass().getMethod(method, types).invoke(client, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static Object instance(String className) throws ReflectiveOperationException {
        return Class.forName(className).getDeclaredConstructor().newInstance();
    }
}
