import { readFileSync } from 'node:fs'

/** In the sources and in the bundle alike, three directories below the repository's root. */
const deploy = new URL('../../../deploy/', import.meta.url)

/** A file of deploy/ as an administrator applies it: what is handed out is what is checked, and what all tests run with. */
export function deployFile(name: string): string {
  return readFileSync(new URL(`${name}.yaml`, deploy), 'utf8')
}
