/** Why a cluster is not read just now (packages/kube/src/error.ts): every page may say it. */
export const en = {
  'mesh-kind.Managed': 'managed',
  'mesh-kind.Dedicated': 'dedicated',
  'mesh-kind.External': 'external',

  'kube.unreachable': 'its API server cannot be reached',
  'kube.tls': 'its certificate is not trusted',
  'kube.timeout': 'its API server does not answer in time',
  'kube.aborted': 'the call was given up',
  'kube.unauthorized': 'it refuses the stored credentials',
  'kube.forbidden': 'the console may not read it',
  'kube.not_found': 'it does not know what was asked for',
  'kube.already_exists': 'it exists already',
  'kube.conflict': 'it was changed at the same time',
  'kube.invalid': 'it refuses the object as invalid',
  'kube.gone': 'the version read is too old, it is read anew',
  'kube.too_large': 'the answer is too large',
  'kube.throttled': 'it asks for fewer calls',
  'kube.webhook_failed': 'one of its admission webhooks does not answer',
  'kube.unsupported': 'it does not support this',
  'kube.server_error': 'its API server failed',
  'kube.bad_answer': 'its answer cannot be read',
}
