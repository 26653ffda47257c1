"""A self-assessment retold by people for staff, and for children and young people; once signed it may be published."""
