/** What a page of the enrolment shows: plain data, no lookups. */
import type { EnrollableType, EnrollerView } from '../factors/enroller.ts'
import type { EnrollmentType } from '../users/enrollment.ts'

export type EnrollView =
  /** The link page: its button ties the ticket to this browser. */
  | { page: 'enroll-start'; ticket: string; email: string }
  | {
      page: 'enroll-choose'
      offered: EnrollableType[]
      /** What the user has now, oldest first. */
      enrolled: { type: EnrollmentType; createdAt: number }[]
    }
  | { page: 'enroll-confirm'; enroller: EnrollerView; error?: 'not-confirmed' }
  | { page: 'enroll-done' }
