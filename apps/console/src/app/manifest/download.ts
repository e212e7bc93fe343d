import type { TextFile } from './manifest.ts'

/** Gives the browser a text to keep as a file. Nothing is sent anywhere. */
export function download({ name, text }: TextFile): void {
  const type = types.find(([end]) => name.endsWith(end))?.[1] ?? 'text/x-diff'
  keep(new File([text], name, { type: `${type};charset=utf-8` }))
}

/** Gives the browser a file to keep. */
export function keep(file: File): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = file.name
  link.click()
  // The click has begun the download; some browsers read the address only after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

const types = [
  ['.yaml', 'application/yaml'],
  ['.pem', 'application/x-pem-file'],
] as const
