import type { TextFile } from './manifest.ts'

/** Gives the browser a file to keep. Nothing is sent anywhere. */
export function download({ name, text }: TextFile): void {
  const type = types.find(([end]) => name.endsWith(end))?.[1] ?? 'text/x-diff'
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The click has begun the download; some browsers read the address only after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

const types = [
  ['.yaml', 'application/yaml'],
  ['.pem', 'application/x-pem-file'],
] as const
