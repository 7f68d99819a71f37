package io.lexstream.model;

import io.lexstream.schemas.Deployment;
import io.lexstream.schemas.Topics;
import java.util.Map;

/** Writes versions and deployments to the model topics, each step one Kafka transaction. */
public final class ModelPublisher implements AutoCloseable {
    /** @param clientConfig Kafka client and schema registry settings (bootstrap.servers, schema.registry.url, ...) */
    public ModelPublisher(Map<String, ?> clientConfig, Topics topics) {
        throw new UnsupportedOperationException();
    }

    /** Sends the chunks that are not there yet, and the manifest. The version does not serve before it is promoted. */
    public ModelVersion publish(ModelPackage modelPackage) {
        throw new UnsupportedOperationException();
    }

    /** As {@link #publish}, and makes the version the champion in the same transaction. */
    public ModelVersion publishAndPromote(ModelPackage modelPackage, String reason) {
        throw new UnsupportedOperationException();
    }

    /** Makes a published version the champion. */
    public Deployment promote(String task, String version, String reason) {
        throw new UnsupportedOperationException();
    }

    /** Makes the champion's predecessor the champion again. */
    public Deployment rollback(String task, String reason) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
