/** Whether notices come in now, in this tab or through the one that leads. Read by the fallback polling. */
let open = false
const listeners = new Set<() => void>()

export function streamIsOpen(): boolean {
  return open
}

export function setStreamOpen(next: boolean): void {
  if (open === next) return
  open = next
  for (const each of listeners) each()
}

export function watchStreamState(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
