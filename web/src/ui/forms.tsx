/** Fields, buttons and what a form says. */

import type { ButtonHTMLAttributes, ComponentChildren, FormHTMLAttributes, InputHTMLAttributes } from "preact";
import { useId } from "preact/hooks";

interface FieldProps {
  label: string;
  hint?: string | undefined;
  /** Said below the field, and to screen readers with it. */
  error?: string | undefined;
  children: (ids: { id: string; "aria-describedby": string | undefined; "aria-invalid": boolean | undefined }) => ComponentChildren;
}

/** A label, its control, and what is to be known about it. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined })}
      {error && <p class="field-error" id={`${id}-error`}>{error}</p>}
    </div>
  );
}

interface TextFieldProps {
  label: string;
  hint?: string;
  error?: string | undefined;
  value: string;
  onValue: (value: string) => void;
  type?: "text" | "email" | "password" | "search" | "date" | "datetime-local" | "number";
  required?: boolean;
  disabled?: boolean;
  maxLength?: number;
  autocomplete?: string;
  autocapitalize?: "none" | "characters" | "words" | "sentences";
  inputMode?: "text" | "numeric" | "decimal";
  enterKeyHint?: "go" | "next" | "send" | "search";
  class?: string;
}

/** A field of one line. */
export function TextField({ label, hint, error, value, onValue, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => {
        const onInput = (event: { currentTarget: HTMLInputElement }) => onValue(event.currentTarget.value);
        // Preact types an input by its `type`, which is not known here.
        return <input {...({ ...rest, ...ids, value, onInput } as InputHTMLAttributes<HTMLInputElement>)} />;
      }}
    </Field>
  );
}

interface SelectProps {
  label: string;
  hint?: string;
  value: string;
  onValue: (value: string) => void;
  options: readonly { value: string; text: string }[];
}

/** A choice among few. */
export function SelectField({ label, hint, value, onValue, options }: SelectProps) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <select {...ids} value={value} onChange={(event) => onValue(event.currentTarget.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>{option.text}</option>
          ))}
        </select>
      )}
    </Field>
  );
}

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  kind?: "main" | "plain" | "danger";
  isBusy?: boolean;
};

/** A button; while it is busy it stays where it is and takes no click. */
export function Button({ kind = "main", isBusy = false, type = "button", children, ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} class={`button ${kind}`} aria-disabled={isBusy || undefined} aria-busy={isBusy || undefined}>
      {children}
    </button>
  );
}

/** A form that is sent by code. */
export function Form({ onSend, children, ...rest }: { onSend: () => void; children: ComponentChildren } & Pick<FormHTMLAttributes<HTMLFormElement>, "aria-label" | "class">) {
  return (
    <form
      {...rest}
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      {children}
    </form>
  );
}
