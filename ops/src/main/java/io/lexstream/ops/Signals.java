package io.lexstream.ops;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * The operating system's signals, by the JDK's {@code sun.misc.Signal}. It has no replacement, and is called by
 * reflection because javac warns of its name in a way that no annotation silences.
 */
final class Signals {
    private Signals() {}

    /**
     * Hands the signal's number to {@code handler} from now on, on a thread of the JVM.
     *
     * @param name such as TERM
     * @return puts back what was before
     */
    static Runnable handle(String name, IntConsumer handler) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object signal = signalType.getConstructor(String.class).newInstance(name);
            int number = (int) signalType.getMethod("getNumber").invoke(signal);
            var register = signalType.getMethod("handle", signalType, handlerType);
            InvocationHandler calls = (proxy, method, arguments) -> switch (method.getName()) {
                case "handle" -> {
                    handler.accept(number);
                    yield null;
                }
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                default -> "handler of " + name;
            };
            Object ours = Proxy.newProxyInstance(handlerType.getClassLoader(), new Class<?>[] {handlerType}, calls);
            Object before = register.invoke(null, signal, ours);
            return () -> putBack(register, signal, before);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM does not let SIG" + name + " be handled", e);
        }
    }

    private static void putBack(java.lang.reflect.Method register, Object signal, Object before) {
        try {
            register.invoke(null, signal, before);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot put the handler of " + signal + " back", e);
        }
    }
}
