import { defineText } from '../text/define-text.ts'

export const usePickerText = defineText('pickers', { mesh: 'Mesh' }, { mesh: '网格' })
