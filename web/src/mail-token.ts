/** The one-time token that the link of a mail carries behind `#`, where no server logs it. */
export function mailToken(): string {
  return new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
}
