/** Reading from the API into a page: loading, what came, what failed, and again. */

import { useCallback, useEffect, useRef, useState } from "preact/hooks";

export interface Query<T> {
  /** What came last; stays while it is read again, also when that fails. */
  data: T | undefined;
  /** Why the last reading failed; undefined after one that did not. */
  error: unknown;
  isLoading: boolean;
  reload: () => void;
}

/**
 * Read with `load` now and whenever a value of `inputs` changes. An answer that comes after the inputs have
 * changed is dropped.
 */
export function useQuery<T>(load: (signal: AbortSignal) => Promise<T>, inputs: readonly unknown[]): Query<T> {
  const [state, setState] = useState<{ data?: T; error?: unknown; isLoading: boolean }>({ isLoading: true });
  const [turn, setTurn] = useState(0);
  const before = useRef<readonly unknown[]>(inputs);

  useEffect(() => {
    const asked = new AbortController();
    const isOther = inputs.some((value, index) => value !== before.current[index]);
    before.current = inputs;
    setState((last) => ({ data: isOther ? undefined : last.data, isLoading: true }));
    load(asked.signal).then(
      (data) => asked.signal.aborted || setState({ data, isLoading: false }),
      (error: unknown) => asked.signal.aborted || setState((last) => ({ ...last, error, isLoading: false })),
    );
    return () => asked.abort();
  }, [...inputs, turn]);

  const reload = useCallback(() => setTurn((last) => last + 1), []);
  return { data: state.data, error: state.error, isLoading: state.isLoading, reload };
}

/** Something that a person starts, such as sending a form: whether it runs, and why it failed. */
export function useAction<A extends unknown[]>(act: (...given: A) => Promise<void>) {
  const [state, setState] = useState<{ isRunning: boolean; error?: unknown }>({ isRunning: false });
  const isRunning = useRef(false);

  const run = async (...given: A) => {
    if (isRunning.current) return; // a second click changes nothing
    isRunning.current = true;
    setState({ isRunning: true });
    try {
      await act(...given);
      setState({ isRunning: false });
    } catch (error) {
      setState({ isRunning: false, error });
    } finally {
      isRunning.current = false;
    }
  };
  return { run, ...state };
}

/** Whether the device says that it is connected. */
export function useOnline(): boolean {
  const [isOnline, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    addEventListener("online", look);
    addEventListener("offline", look);
    return () => {
      removeEventListener("online", look);
      removeEventListener("offline", look);
    };
  }, []);
  return isOnline;
}
