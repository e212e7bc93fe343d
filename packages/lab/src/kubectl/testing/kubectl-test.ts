import type { Kubectl } from '../kubectl.ts'

/** One sentence of what kubectl can do, and the commands that show it; they run in order, in one namespace an area. */
export type KubectlTest = readonly [says: string, test: (kubectl: Kubectl) => Promise<void>]
