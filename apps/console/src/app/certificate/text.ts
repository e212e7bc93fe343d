import { defineText } from '../../text/define-text.ts'

export const useCertificateWords = defineText(
  'certificate',
  {
    subject: 'Subject',
    issuer: 'Issuer',
    expires: 'Expires',
    key: 'Key',
    fingerprint: 'SHA-256',
    names: 'Names',
  },
  {
    subject: '主体',
    issuer: '颁发者',
    expires: '过期',
    key: '密钥',
    fingerprint: 'SHA-256',
    names: '名称',
  },
)
