import type { Judge } from '../finding.ts'
import { annotations } from './annotations.ts'
import { conditions } from './conditions.ts'
import { crdVersion } from './crd-version.ts'
import { deprecatedDelay, deprecatedKind, deprecatedProxy } from './deprecated.ts'
import { metadataText } from './metadata-text.ts'

export const metadataJudges: readonly Judge[] = [
  annotations,
  conditions,
  crdVersion,
  deprecatedDelay,
  deprecatedKind,
  deprecatedProxy,
  metadataText,
]
